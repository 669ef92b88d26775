package org.drawbridge.user.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.drawbridge.kernel.Ids;
import org.drawbridge.kernel.Vault;
import org.drawbridge.user.entity.RecoveryCode;

/**
 * The recovery codes of users, and of those whose actions are tracked: ten of 80 random bits each.
 * So many bits need no limit of tries, which an attacker could use up for the user.
 */
@ApplicationScoped
public class RecoveryCodes {

  static final int CODES = 10;

  private static final String PURPOSE = "recovery-code";
  private static final int GROUPS = 4;

  @PersistenceContext EntityManager entities;
  @Inject Vault vault;
  @Inject Clock clock;

  /** Makes new codes, which are told this once; earlier ones count no more. */
  public List<String> renew(UUID companyId, UUID userId) {
    remove(companyId, userId);
    Instant now = clock.instant();
    List<String> codes = new ArrayList<>();
    for (int i = 0; i < CODES; i++) {
      String code = CodeText.random(vault, GROUPS);
      entities.persist(
          new RecoveryCode(
              companyId, Ids.next(now), userId, vault.mac(PURPOSE, message(userId, code)), now));
      codes.add(code);
    }
    return codes;
  }

  public void remove(UUID companyId, UUID userId) {
    entities
        .createQuery("delete from RecoveryCode c where c.companyId = :company and c.userId = :user")
        .setParameter("company", companyId)
        .setParameter("user", userId)
        .executeUpdate();
  }

  public int left(UUID companyId, UUID userId) {
    return unused(companyId, userId, LockModeType.NONE).size();
  }

  /** Uses a code up; answers false where it is none of the user's, or was used before. */
  public boolean useUp(UUID companyId, UUID userId, String code) {
    byte[] message = message(userId, code);
    RecoveryCode used = null;
    for (RecoveryCode each : unused(companyId, userId, LockModeType.PESSIMISTIC_WRITE)) {
      if (vault.isMac(PURPOSE, message, each.mac())) {
        used = each;
      }
    }
    if (used == null) {
      return false;
    }
    used.used(clock.instant());
    return true;
  }

  private List<RecoveryCode> unused(UUID companyId, UUID userId, LockModeType lock) {
    return entities
        .createQuery(
            "select c from RecoveryCode c where c.companyId = :company and c.userId = :user"
                + " and c.usedAt is null order by c.id",
            RecoveryCode.class)
        .setParameter("company", companyId)
        .setParameter("user", userId)
        .setLockMode(lock)
        .getResultList();
  }

  private static byte[] message(UUID userId, String code) {
    return (userId + "/" + CodeText.plain(code)).getBytes(StandardCharsets.UTF_8);
  }
}
