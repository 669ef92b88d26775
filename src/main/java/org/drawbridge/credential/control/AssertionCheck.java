package org.drawbridge.credential.control;

import com.yubico.webauthn.AssertionRequest;
import com.yubico.webauthn.AssertionResult;
import com.yubico.webauthn.FinishAssertionOptions;
import com.yubico.webauthn.RelyingParty;
import com.yubico.webauthn.data.AuthenticatorAssertionResponse;
import com.yubico.webauthn.data.ByteArray;
import com.yubico.webauthn.data.ClientAssertionExtensionOutputs;
import com.yubico.webauthn.data.PublicKeyCredential;
import com.yubico.webauthn.data.PublicKeyCredentialRequestOptions;
import com.yubico.webauthn.data.UserVerificationRequirement;
import com.yubico.webauthn.exception.AssertionFailedException;
import com.yubico.webauthn.exception.InvalidSignatureCountException;
import jakarta.json.JsonObject;
import jakarta.json.spi.JsonProvider;
import java.io.IOException;
import org.drawbridge.credential.entity.CredentialRecord;
import org.drawbridge.credential.entity.SignatureCountFell;
import org.drawbridge.credential.entity.StepRefused;
import org.drawbridge.credential.entity.StepRefused.Step;
import org.drawbridge.problem.Malformed;
import org.jspecify.annotations.Nullable;

/** Verifies what a client answers to an authentication ceremony (WebAuthn Level 3 section 7.2). */
record AssertionCheck(RelyingParty relyingParty, AssertionRequest request) {

  private static final JsonProvider JSON = JsonProvider.provider();

  /** An assertion that was read, and nothing more. */
  record Assertion(
      PublicKeyCredential<AuthenticatorAssertionResponse, ClientAssertionExtensionOutputs> parsed) {

    /**
     * @param credential in the standard's JSON
     * @throws Malformed where it cannot be read
     */
    static Assertion parse(String credential) {
      try {
        return new Assertion(PublicKeyCredential.parseAssertionResponseJson(credential));
      } catch (IOException | RuntimeException e) {
        if (Steps.isOfFlags(e)) {
          throw new StepRefused(Step.FLAGS);
        }
        throw new Malformed("The credential cannot be read.");
      }
    }

    byte[] credentialId() {
      return parsed.getId().getBytes();
    }

    boolean isBackedUp() {
      return Steps.isBackedUp(parsed.getResponse().getParsedAuthenticatorData());
    }

    /** Null where the authenticator answered none. */
    byte @Nullable [] userHandle() {
      return parsed.getResponse().getUserHandle().map(ByteArray::getBytes).orElse(null);
    }
  }

  /**
   * @param record the credential that the assertion names; whose it is has been checked
   * @throws StepRefused naming the step that refuses it
   * @throws SignatureCountFell where the authenticator may have been cloned
   */
  AssertionResult verify(Assertion assertion, CredentialRecord record) {
    AuthenticatorAssertionResponse response = assertion.parsed().getResponse();
    var options = request.getPublicKeyCredentialRequestOptions();
    boolean verifiesUser =
        options
            .getUserVerification()
            .filter(UserVerificationRequirement.REQUIRED::equals)
            .isPresent();
    new Steps(
            "webauthn.get",
            options.getChallenge(),
            relyingParty.getOrigins(),
            relyingParty.getIdentity().getId(),
            verifiesUser)
        .require(response.getClientData(), response.getParsedAuthenticatorData());
    Steps.require(
        Steps.isBackupEligible(response.getParsedAuthenticatorData()) == record.isBackupEligible(),
        Step.FLAGS);
    return finish(assertion, record);
  }

  /**
   * Whether an assertion that was kept is one over the challenge, by the only credential that the
   * relying party knows.
   *
   * @param evidence {@code credentialId}, {@code authenticatorData}, {@code clientDataJSON} and
   *     {@code signature}, in base64url
   */
  static boolean isSignature(
      RelyingParty relyingParty, byte[] challenge, byte[] userHandle, JsonObject evidence) {
    String id = evidence.getString("credentialId");
    String credential =
        JSON.createObjectBuilder()
            .add("type", "public-key")
            .add("id", id)
            .add("rawId", id)
            .add(
                "response",
                JSON.createObjectBuilder()
                    .add("authenticatorData", evidence.getString("authenticatorData"))
                    .add("clientDataJSON", evidence.getString("clientDataJSON"))
                    .add("signature", evidence.getString("signature")))
            .add("clientExtensionResults", JSON.createObjectBuilder())
            .build()
            .toString();
    AssertionRequest request =
        AssertionRequest.builder()
            .publicKeyCredentialRequestOptions(
                PublicKeyCredentialRequestOptions.builder()
                    .challenge(new ByteArray(challenge))
                    .rpId(relyingParty.getIdentity().getId())
                    .userVerification(UserVerificationRequirement.REQUIRED)
                    .build())
            .userHandle(new ByteArray(userHandle))
            .build();
    try {
      return relyingParty
          .finishAssertion(
              FinishAssertionOptions.builder()
                  .request(request)
                  .response(Assertion.parse(credential).parsed())
                  .build())
          .isSuccess();
    } catch (AssertionFailedException | RuntimeException e) {
      return false;
    }
  }

  private AssertionResult finish(Assertion assertion, CredentialRecord record) {
    try {
      AssertionRequest known =
          request.toBuilder().userHandle(new ByteArray(record.userHandle())).build();
      return relyingParty.finishAssertion(
          FinishAssertionOptions.builder().request(known).response(assertion.parsed()).build());
    } catch (InvalidSignatureCountException e) {
      throw new SignatureCountFell();
    } catch (AssertionFailedException | RuntimeException e) {
      throw new StepRefused(Step.SIGNATURE);
    }
  }
}
