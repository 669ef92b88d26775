package org.drawbridge.credential.control;

import com.yubico.webauthn.AssertionRequest;
import com.yubico.webauthn.AssertionResult;
import com.yubico.webauthn.FinishAssertionOptions;
import com.yubico.webauthn.RelyingParty;
import com.yubico.webauthn.data.AuthenticatorAssertionResponse;
import com.yubico.webauthn.data.ByteArray;
import com.yubico.webauthn.data.ClientAssertionExtensionOutputs;
import com.yubico.webauthn.data.PublicKeyCredential;
import com.yubico.webauthn.data.UserVerificationRequirement;
import com.yubico.webauthn.exception.AssertionFailedException;
import com.yubico.webauthn.exception.InvalidSignatureCountException;
import java.io.IOException;
import org.drawbridge.credential.entity.CredentialRecord;
import org.drawbridge.credential.entity.SignatureCountFell;
import org.drawbridge.credential.entity.StepRefused;
import org.drawbridge.credential.entity.StepRefused.Step;
import org.drawbridge.problem.Malformed;
import org.jspecify.annotations.Nullable;

/** Verifies what a client answers to an authentication ceremony (WebAuthn Level 3 section 7.2). */
record AssertionCheck(RelyingParty relyingParty, AssertionRequest request) {

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
