package org.drawbridge.credential.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.drawbridge.credential.control.AssertionCheck.Assertion;
import org.drawbridge.credential.entity.Ceremony;
import org.drawbridge.credential.entity.Ceremony.Party;
import org.drawbridge.credential.entity.CredentialRecord;
import org.drawbridge.credential.entity.CredentialUnknown;
import org.drawbridge.kernel.Vault;

/**
 * Authentication ceremonies (WebAuthn Level 3 section 7.2) by which one of some owners of passkeys
 * proves to be there, for one purpose; nobody signs in by them.
 */
@ApplicationScoped
public class Proving {

  private static final int CHALLENGE_BYTES = 32;

  @Inject AssertionCeremonies assertions;
  @Inject Ceremonies ceremonies;
  @Inject CredentialRecords records;
  @Inject Vault vault;
  @Inject Clock clock;

  /**
   * @param purpose only {@link #finish} with the same takes the ceremony
   * @throws CredentialUnknown where none of the owners has a passkey
   */
  public StartedAssertion start(UUID companyId, Collection<UUID> owners, String purpose) {
    List<byte[]> allowed =
        records.of(companyId, owners).stream().map(CredentialRecord::credentialId).toList();
    if (allowed.isEmpty()) {
      throw new CredentialUnknown();
    }
    return assertions.start(
        Ceremony.Kind.AUTHENTICATION,
        party(companyId, purpose),
        vault.randomBytes(CHALLENGE_BYTES),
        allowed,
        null);
  }

  /**
   * Takes the ceremony, and answers the passkey. The ceremony is over even where this refuses, as
   * long as the transaction is not rolled back.
   *
   * @throws CredentialUnknown where the credential is of none of the owners
   */
  public CredentialRecord finish(
      UUID companyId,
      Collection<UUID> owners,
      String purpose,
      String ceremonyId,
      JsonObject credential) {
    Assertion assertion = AssertionCeremonies.parse(credential);
    Ceremony ceremony =
        ceremonies.take(
            Ceremony.Kind.AUTHENTICATION, ceremonyId, party(companyId, purpose), clock.instant());
    CredentialRecord record =
        records
            .lock(companyId, assertion.credentialId())
            .filter(known -> owners.contains(known.userId()))
            .orElseThrow(CredentialUnknown::new);
    record.requireOwner(record.userId(), assertion.userHandle());
    assertions.verify(ceremony, assertion, record);
    return record;
  }

  private static Party party(UUID companyId, String purpose) {
    return new Party(companyId, null, purpose, null, "");
  }
}
