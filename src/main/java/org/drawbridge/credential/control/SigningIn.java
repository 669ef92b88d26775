package org.drawbridge.credential.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.drawbridge.credential.control.AssertionCheck.Assertion;
import org.drawbridge.credential.entity.Ceremony;
import org.drawbridge.credential.entity.Ceremony.Party;
import org.drawbridge.credential.entity.CredentialRecord;
import org.drawbridge.credential.entity.CredentialUnknown;
import org.drawbridge.kernel.Ids;
import org.drawbridge.kernel.Vault;
import org.drawbridge.user.control.Users;
import org.drawbridge.user.entity.User;

/**
 * Authentication ceremonies (WebAuthn Level 3 section 7.2), for people who sign in to us. The
 * authenticator has to verify the person: the passkey is all that is asked for.
 */
@ApplicationScoped
public class SigningIn {

  private static final int CHALLENGE_BYTES = 32;

  @Inject AssertionCeremonies assertions;
  @Inject Ceremonies ceremonies;
  @Inject CredentialRecords records;

  /** Of credential ids, in bytes, as widespread authenticators make them. */
  private static final int[] USUAL_LENGTHS = {16, 20, 32};

  @Inject Users users;
  @Inject Vault vault;
  @Inject Clock clock;

  /** For whoever has a discoverable credential. */
  public StartedAssertion start() {
    return start(Party.unknown(), List.of());
  }

  /**
   * For a user by name, whose authenticator may hold no discoverable credential. A name that nobody
   * has is answered alike.
   */
  public StartedAssertion start(UUID companyId, String username) {
    User user = users.named(companyId, username).orElse(null);
    List<byte[]> allowed =
        user == null
            ? List.of()
            : records.of(companyId, user.id()).stream()
                .map(CredentialRecord::credentialId)
                .toList();
    return start(
        new Party(companyId, null, null, user == null ? null : user.id(), username),
        allowed.isEmpty() ? List.of(invented(companyId, username)) : allowed);
  }

  /** The same for the same name at each call, as a credential's would be, its length included. */
  private byte[] invented(UUID companyId, String username) {
    byte[] mac =
        vault.mac(
            "invented-credential", (companyId + "/" + username).getBytes(StandardCharsets.UTF_8));
    return Arrays.copyOf(mac, USUAL_LENGTHS[(mac[mac.length - 1] & 0xff) % USUAL_LENGTHS.length]);
  }

  private StartedAssertion start(Party party, List<byte[]> allowed) {
    return assertions.start(
        Ceremony.Kind.AUTHENTICATION, party, vault.randomBytes(CHALLENGE_BYTES), allowed, null);
  }

  /**
   * Takes the ceremony and answers who signed in. The ceremony is over even where this refuses, as
   * long as the transaction is not rolled back.
   *
   * @throws CredentialUnknown where the credential is nobody's, or not that user's
   */
  public User finish(String id, JsonObject credential) {
    Assertion assertion = AssertionCeremonies.parse(credential);
    Instant now = clock.instant();
    Ceremony ceremony = ceremonies.take(Ceremony.Kind.AUTHENTICATION, id, null, now);
    CredentialRecord record =
        company(ceremony, assertion)
            .flatMap(company -> records.lock(company, assertion.credentialId()))
            .orElseThrow(CredentialUnknown::new);
    if (ceremony.userId() == null && !ceremony.username().isEmpty()) {
      throw new CredentialUnknown();
    }
    UUID owner = record.requireOwner(ceremony.userId(), assertion.userHandle());
    User user = users.find(record.companyId(), owner).orElseThrow(CredentialUnknown::new);
    assertions.verify(ceremony, assertion, record);
    return user;
  }

  /** Where the ceremony does not know it, the user handle does. */
  private static Optional<UUID> company(Ceremony ceremony, Assertion assertion) {
    if (!ceremony.companyId().equals(Ceremony.NO_COMPANY)) {
      return Optional.of(ceremony.companyId());
    }
    byte[] handle = assertion.userHandle();
    if (handle == null || handle.length < Ids.BYTES) {
      return Optional.empty();
    }
    return Optional.of(Ids.read(ByteBuffer.wrap(handle)));
  }
}
