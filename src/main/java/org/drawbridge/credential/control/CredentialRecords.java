package org.drawbridge.credential.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.drawbridge.credential.entity.CredentialRecord;
import org.drawbridge.kernel.OwnedId;
import org.drawbridge.problem.NotFound;

/** The credential records. */
@ApplicationScoped
public class CredentialRecords {

  @PersistenceContext EntityManager entities;

  public void add(CredentialRecord record) {
    entities.persist(record);
    // So that one that is there already shows here, not at the end of the transaction.
    entities.flush();
  }

  public void remove(CredentialRecord record) {
    entities.remove(record);
  }

  public Optional<CredentialRecord> find(UUID companyId, UUID id) {
    return Optional.ofNullable(entities.find(CredentialRecord.class, new OwnedId(companyId, id)));
  }

  /**
   * @throws NotFound where the user has no such credential
   */
  public CredentialRecord get(UUID companyId, UUID userId, UUID id) {
    return find(companyId, id)
        .filter(record -> userId.equals(record.userId()))
        .orElseThrow(() -> new NotFound("credential"));
  }

  /** Held until the transaction ends, so that a signature count serves one sign-in. */
  public Optional<CredentialRecord> lock(UUID companyId, byte[] credentialId) {
    return entities
        .createQuery(
            "select c from CredentialRecord c"
                + " where c.companyId = :company and c.credentialId = :credential",
            CredentialRecord.class)
        .setParameter("company", companyId)
        .setParameter("credential", credentialId)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultStream()
        .findFirst();
  }

  public boolean has(UUID companyId, byte[] credentialId) {
    return !entities
        .createQuery(
            "select c.id from CredentialRecord c"
                + " where c.companyId = :company and c.credentialId = :credential",
            UUID.class)
        .setParameter("company", companyId)
        .setParameter("credential", credentialId)
        .getResultList()
        .isEmpty();
  }

  /** Oldest first. */
  public List<CredentialRecord> of(UUID companyId, UUID userId) {
    return of(companyId, Set.of(userId));
  }

  /**
   * Oldest first.
   *
   * @param userIds at least one
   */
  public List<CredentialRecord> of(UUID companyId, Collection<UUID> userIds) {
    return entities
        .createQuery(
            "select c from CredentialRecord c"
                + " where c.companyId = :company and c.userId in :users order by c.id",
            CredentialRecord.class)
        .setParameter("company", companyId)
        .setParameter("users", userIds)
        .getResultList();
  }

  /** Clears away what was registered and given to nobody; answers how many. */
  public int removeUnclaimed(Instant before) {
    return entities
        .createQuery(
            "delete from CredentialRecord c where c.userId is null and c.createdAt < :before")
        .setParameter("before", before)
        .executeUpdate();
  }
}
