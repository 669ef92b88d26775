package org.drawbridge.company.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.drawbridge.access.AdministratorCaller;
import org.drawbridge.access.Administrators;
import org.drawbridge.access.Reach;
import org.drawbridge.company.entity.Administrator;
import org.drawbridge.company.entity.CompanyChanged;
import org.drawbridge.kernel.Ids;
import org.drawbridge.kernel.Vault;
import org.drawbridge.problem.NotFound;
import org.jspecify.annotations.Nullable;

/**
 * Bearer tokens of administrators: the platform's, and those of companies. A company
 * administrator's is base64url of the company's id, the administrator's id and 32 random bytes.
 */
@ApplicationScoped
public class AdministratorTokens implements Administrators {

  private static final int SECRET_BYTES = 32;
  private static final int BYTES = 32 + SECRET_BYTES;

  @Inject BootstrapToken bootstrap;
  @Inject Companies companies;
  @Inject Vault vault;
  @Inject Event<CompanyChanged> changes;
  @Inject Clock clock;

  /** A new administrator, and the token that is shown once. */
  public record Issued(Administrator administrator, String token) {}

  public Issued issue(Reach reach, UUID companyId, String name) {
    companies.get(reach, companyId);
    Instant now = clock.instant();
    UUID id = Ids.next(now);
    byte[] secret = vault.randomBytes(SECRET_BYTES);
    Administrator administrator = new Administrator(companyId, id, name, Vault.sha256(secret), now);
    companies.add(administrator);
    changes.fire(new CompanyChanged(companyId, "administrator-added", id, Map.of("name", name)));
    byte[] bytes =
        ByteBuffer.allocate(BYTES)
            .putLong(companyId.getMostSignificantBits())
            .putLong(companyId.getLeastSignificantBits())
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .put(secret)
            .array();
    return new Issued(administrator, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  public void revoke(Reach reach, UUID companyId, UUID id) {
    companies.get(reach, companyId);
    Administrator administrator = companies.administrator(companyId, id);
    if (administrator == null) {
      throw new NotFound("administrator");
    }
    administrator.revoke(clock.instant());
    changes.fire(new CompanyChanged(companyId, "administrator-revoked", id));
  }

  @Override
  public @Nullable AdministratorCaller bearer(String token) {
    if (bootstrap.is(token)) {
      return AdministratorCaller.PLATFORM;
    }
    byte[] bytes = decoded(token);
    if (bytes.length != BYTES) {
      return null;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    UUID companyId = new UUID(buffer.getLong(), buffer.getLong());
    UUID id = new UUID(buffer.getLong(), buffer.getLong());
    byte[] hash = Vault.sha256(Arrays.copyOfRange(bytes, BYTES - SECRET_BYTES, BYTES));
    Administrator known = companies.administrator(companyId, id);
    return known != null && known.isKnownBy(hash)
        ? new AdministratorCaller("administrator:" + id, Reach.only(companyId), false)
        : null;
  }

  private static byte[] decoded(String token) {
    try {
      return Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }
}
