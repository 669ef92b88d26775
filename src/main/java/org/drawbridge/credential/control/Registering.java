package org.drawbridge.credential.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.yubico.webauthn.StartRegistrationOptions;
import com.yubico.webauthn.data.AttestationConveyancePreference;
import com.yubico.webauthn.data.AuthenticatorAttachment;
import com.yubico.webauthn.data.AuthenticatorSelectionCriteria;
import com.yubico.webauthn.data.ByteArray;
import com.yubico.webauthn.data.PublicKeyCredentialCreationOptions;
import com.yubico.webauthn.data.PublicKeyCredentialDescriptor;
import com.yubico.webauthn.data.ResidentKeyRequirement;
import com.yubico.webauthn.data.UserIdentity;
import com.yubico.webauthn.data.UserVerificationRequirement;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.drawbridge.credential.control.RegistrationWish.Attestation;
import org.drawbridge.credential.control.RegistrationWish.Verification;
import org.drawbridge.credential.entity.Ceremony;
import org.drawbridge.credential.entity.Ceremony.Party;
import org.drawbridge.credential.entity.CredentialChanged;
import org.drawbridge.credential.entity.CredentialRecord;
import org.drawbridge.credential.entity.CredentialRegistered;
import org.drawbridge.kernel.CompanyEvent;
import org.drawbridge.kernel.Ids;
import org.drawbridge.kernel.OwnedSecret;
import org.drawbridge.kernel.Vault;

/** Registration ceremonies (WebAuthn Level 3 section 7.1). */
@ApplicationScoped
public class Registering {

  /** What a passkey is called that nobody gave a name. */
  public static final String DEFAULT_NICKNAME = "Passkey";

  private static final int RANDOM_HANDLE_BYTES = 16;
  private static final int CHALLENGE_BYTES = 32;
  private static final List<String> BINARY = List.of("clientDataJSON", "attestationObject");

  @Inject RelyingParties relyingParties;
  @Inject Ceremonies ceremonies;
  @Inject CredentialRecords records;
  @Inject CompanyPasskeyRules rules;
  @Inject Event<CompanyEvent> events;
  @Inject Vault vault;
  @Inject Clock clock;

  /**
   * A ceremony that was started.
   *
   * @param id a secret that finishes it, once
   * @param documented the options as the account-protection API documents them
   * @param standard the options in the standard's JSON
   */
  public record Started(String id, JsonObject documented, JsonObject standard) {}

  /**
   * A ceremony that was finished.
   *
   * @param result as the account-protection API documents it
   */
  public record Finished(CredentialRecord record, JsonObject result) {}

  /**
   * @param known the credentials of a user who is known for certain, none of which is to be made
   *     again; empty for anybody else, because they would tell that the user exists
   */
  public Started start(
      Party party,
      String displayName,
      String nickname,
      RegistrationWish wish,
      List<CredentialRecord> known) {
    var options =
        relyingParties
            .registering(relyingParties.origins(party.companyId(), party.applicationId()))
            .startRegistration(
                StartRegistrationOptions.builder()
                    .user(
                        UserIdentity.builder()
                            .name(party.username())
                            .displayName(displayName)
                            .id(handle(party, known))
                            .build())
                    .authenticatorSelection(selection(wish))
                    .timeout(Ceremony.LIFETIME.toMillis())
                    .build())
            .toBuilder()
            .challenge(new ByteArray(vault.randomBytes(CHALLENGE_BYTES)))
            .attestation(conveyance(party, wish))
            .excludeCredentials(
                known.stream().map(Registering::descriptor).collect(Collectors.toSet()))
            .build();
    Instant now = clock.instant();
    OwnedSecret secret = OwnedSecret.of(party.companyId(), Ids.next(now), vault);
    ceremonies.add(
        new Ceremony(Ceremony.Kind.REGISTRATION, secret, party, nickname, written(options), now));
    return new Started(
        secret.text(), WebAuthnJson.documented(options), WebAuthnJson.standard(options));
  }

  /** A company that demands a trusted attestation must be sent one, whatever the page asks. */
  private AttestationConveyancePreference conveyance(Party party, RegistrationWish wish) {
    boolean isDemanded = rules.of(party.companyId()).demandsTrustedAttestation();
    Attestation wished = wish.attestation() == null ? Attestation.NONE : wish.attestation();
    return isDemanded && wished == Attestation.NONE
        ? AttestationConveyancePreference.DIRECT
        : AttestationConveyancePreference.valueOf(wished.name());
  }

  /**
   * The company in front, so that a discoverable credential says where its user is; nothing about
   * the person. A person keeps one handle, so that an authenticator replaces its own credential.
   */
  private ByteArray handle(Party party, List<CredentialRecord> known) {
    if (!known.isEmpty()) {
      return new ByteArray(known.get(0).userHandle());
    }
    return new ByteArray(
        ByteBuffer.allocate(Ids.BYTES + RANDOM_HANDLE_BYTES)
            .put(Ids.bytes(party.companyId()))
            .put(vault.randomBytes(RANDOM_HANDLE_BYTES))
            .array());
  }

  private static AuthenticatorSelectionCriteria selection(RegistrationWish wish) {
    var selection =
        AuthenticatorSelectionCriteria.builder()
            .residentKey(
                Boolean.TRUE.equals(wish.requiresResidentKey())
                    ? ResidentKeyRequirement.REQUIRED
                    : ResidentKeyRequirement.PREFERRED)
            .userVerification(
                UserVerificationRequirement.valueOf(
                    (wish.userVerification() == null
                            ? Verification.REQUIRED
                            : wish.userVerification())
                        .name()));
    if (wish.attachment() != null) {
      selection.authenticatorAttachment(AuthenticatorAttachment.valueOf(wish.attachment().name()));
    }
    return selection.build();
  }

  private static PublicKeyCredentialDescriptor descriptor(CredentialRecord record) {
    return PublicKeyCredentialDescriptor.builder().id(new ByteArray(record.credentialId())).build();
  }

  /**
   * Takes the ceremony, verifies what the client answers, and keeps the credential. The ceremony is
   * over even where this refuses, as long as the transaction is not rolled back.
   *
   * @param by who finishes it; it must be who started it
   * @throws CredentialRegistered where the company has it already
   */
  public Finished finish(String id, JsonObject credential, Party by) {
    String standard = WebAuthnJson.credential(credential, BINARY, "/credential");
    Ceremony ceremony = ceremonies.take(Ceremony.Kind.REGISTRATION, id, by, clock.instant());
    var relyingParty =
        relyingParties.registering(
            relyingParties.origins(ceremony.companyId(), ceremony.applicationId()));
    var verified = new RegistrationCheck(relyingParty, read(ceremony.options())).verify(standard);
    rules.of(ceremony.companyId()).require(verified.credential());
    if (records.has(ceremony.companyId(), verified.credential().credentialId())) {
      throw new CredentialRegistered();
    }
    Instant now = clock.instant();
    CredentialRecord record =
        new CredentialRecord(ceremony, Ids.next(now), verified.credential(), now);
    records.add(record);
    events.fire(
        new CredentialChanged(
            record.companyId(),
            "credential-registered",
            record.id(),
            Map.of("attestation", record.attestationFormat())));
    return new Finished(record, WebAuthnJson.registered(verified.result()));
  }

  private static String written(PublicKeyCredentialCreationOptions options) {
    try {
      return options.toJson();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static PublicKeyCredentialCreationOptions read(String options) {
    try {
      return PublicKeyCredentialCreationOptions.fromJson(options);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
