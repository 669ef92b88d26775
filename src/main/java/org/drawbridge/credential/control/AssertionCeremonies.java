package org.drawbridge.credential.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.yubico.webauthn.AssertionRequest;
import com.yubico.webauthn.AssertionResult;
import com.yubico.webauthn.data.ByteArray;
import com.yubico.webauthn.data.PublicKeyCredentialDescriptor;
import com.yubico.webauthn.data.PublicKeyCredentialRequestOptions;
import com.yubico.webauthn.data.UserVerificationRequirement;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.drawbridge.credential.control.AssertionCheck.Assertion;
import org.drawbridge.credential.entity.Ceremony;
import org.drawbridge.credential.entity.Ceremony.Party;
import org.drawbridge.credential.entity.CredentialRecord;
import org.drawbridge.credential.entity.SignatureCountFell;
import org.drawbridge.kernel.Ids;
import org.drawbridge.kernel.OwnedSecret;
import org.drawbridge.kernel.Vault;
import org.jspecify.annotations.Nullable;

/**
 * What authentication ceremonies (WebAuthn Level 3 section 7.2) have in common, whatever they are
 * for. The authenticator has to verify the person.
 */
@ApplicationScoped
public class AssertionCeremonies {

  private static final List<String> BINARY =
      List.of("clientDataJSON", "authenticatorData", "signature", "userHandle");

  @Inject RelyingParties relyingParties;
  @Inject Ceremonies ceremonies;
  @Inject CredentialNotices notices;
  @Inject Vault vault;
  @Inject Clock clock;

  /**
   * @param allowed the credentials that may answer; empty for whatever is discovered
   * @param document what is signed; null where nothing is
   */
  StartedAssertion start(
      Ceremony.Kind kind,
      Party party,
      byte[] challenge,
      List<byte[]> allowed,
      @Nullable String document) {
    var options =
        PublicKeyCredentialRequestOptions.builder()
            .challenge(new ByteArray(challenge))
            .rpId(relyingParties.id())
            .userVerification(UserVerificationRequirement.REQUIRED)
            .timeout(Ceremony.LIFETIME.toMillis());
    if (!allowed.isEmpty()) {
      options.allowCredentials(
          allowed.stream()
              .map(id -> PublicKeyCredentialDescriptor.builder().id(new ByteArray(id)).build())
              .toList());
    }
    AssertionRequest request =
        AssertionRequest.builder().publicKeyCredentialRequestOptions(options.build()).build();
    Instant now = clock.instant();
    OwnedSecret secret = OwnedSecret.of(party.companyId(), Ids.next(now), vault);
    try {
      Ceremony ceremony = new Ceremony(kind, secret, party, "", request.toJson(), now);
      ceremonies.add(document == null ? ceremony : ceremony.signing(document));
      return new StartedAssertion(
          secret.text(), WebAuthnJson.publicKey(request.toCredentialsGetJson()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static Assertion parse(JsonObject credential) {
    return Assertion.parse(WebAuthnJson.credential(credential, BINARY, "/credential"));
  }

  /** Verifies it in full, and notes the credential's use. */
  void verify(Ceremony ceremony, Assertion assertion, CredentialRecord record) {
    try {
      var relyingParty =
          relyingParties.asserting(relyingParties.origins(record.companyId(), null), record);
      AssertionResult result =
          new AssertionCheck(relyingParty, AssertionRequest.fromJson(ceremony.options()))
              .verify(assertion, record);
      record.used(result.getSignatureCount(), assertion.isBackedUp(), clock.instant());
    } catch (SignatureCountFell e) {
      notices.tell("passkey-copied", record);
      throw e;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
