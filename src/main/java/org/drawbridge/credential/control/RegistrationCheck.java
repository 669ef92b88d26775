package org.drawbridge.credential.control;

import com.yubico.webauthn.FinishRegistrationOptions;
import com.yubico.webauthn.RegistrationResult;
import com.yubico.webauthn.RelyingParty;
import com.yubico.webauthn.data.AuthenticatorAttestationResponse;
import com.yubico.webauthn.data.AuthenticatorSelectionCriteria;
import com.yubico.webauthn.data.AuthenticatorTransport;
import com.yubico.webauthn.data.ByteArray;
import com.yubico.webauthn.data.COSEAlgorithmIdentifier;
import com.yubico.webauthn.data.ClientRegistrationExtensionOutputs;
import com.yubico.webauthn.data.PublicKeyCredential;
import com.yubico.webauthn.data.PublicKeyCredentialCreationOptions;
import com.yubico.webauthn.data.PublicKeyCredentialParameters;
import com.yubico.webauthn.data.UserVerificationRequirement;
import com.yubico.webauthn.exception.RegistrationFailedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.drawbridge.credential.entity.NewCredential;
import org.drawbridge.credential.entity.StepRefused;
import org.drawbridge.credential.entity.StepRefused.Step;
import org.drawbridge.kernel.Ids;
import org.drawbridge.kernel.Storable;
import org.drawbridge.problem.LogLine;
import org.drawbridge.problem.Malformed;

/** Verifies what a client answers to a registration ceremony (WebAuthn Level 3 section 7.1). */
record RegistrationCheck(RelyingParty relyingParty, PublicKeyCredentialCreationOptions options) {

  private static final Logger LOG = Logger.getLogger(RegistrationCheck.class.getName());

  private static final int MOST_TRANSPORTS = 8;
  private static final int MAX_FORMAT = 32;

  /** What was verified, as we keep it and as the library tells it. */
  record Verified(NewCredential credential, RegistrationResult result) {}

  /**
   * @param credential in the standard's JSON
   * @throws Malformed where it cannot be read
   * @throws StepRefused naming the step that refuses it
   */
  Verified verify(String credential) {
    var parsed = parse(credential);
    AuthenticatorAttestationResponse response = parsed.getResponse();
    steps().require(response.getClientData(), response.getParsedAuthenticatorData());
    Steps.require(isOffered(response), Step.ALGORITHM);
    RegistrationResult result = finish(parsed);
    return new Verified(
        new NewCredential(
            result.getKeyId().getId().getBytes(),
            options.getUser().getId().getBytes(),
            result.getPublicKeyCose().getBytes(),
            result.getSignatureCount(),
            uuid(result.getAaguid()),
            transports(result),
            result.isDiscoverable().orElse(null),
            Steps.isBackupEligible(response.getParsedAuthenticatorData()),
            Steps.isBackedUp(response.getParsedAuthenticatorData()),
            Storable.fitted(response.getAttestation().getFormat(), MAX_FORMAT),
            result.isAttestationTrusted()),
        result);
  }

  private static PublicKeyCredential<
          AuthenticatorAttestationResponse, ClientRegistrationExtensionOutputs>
      parse(String credential) {
    try {
      return PublicKeyCredential.parseRegistrationResponseJson(credential);
    } catch (IOException | RuntimeException e) {
      // The library tells nothing that it could not read by one kind of exception.
      if (Steps.isOfFlags(e)) {
        throw new StepRefused(Step.FLAGS);
      }
      throw new Malformed("The credential cannot be read.");
    }
  }

  private Steps steps() {
    boolean verifiesUser =
        options
            .getAuthenticatorSelection()
            .flatMap(AuthenticatorSelectionCriteria::getUserVerification)
            .filter(UserVerificationRequirement.REQUIRED::equals)
            .isPresent();
    return new Steps(
        "webauthn.create",
        options.getChallenge(),
        relyingParty.getOrigins(),
        relyingParty.getIdentity().getId(),
        verifiesUser);
  }

  private boolean isOffered(AuthenticatorAttestationResponse response) {
    Optional<ByteArray> key =
        response
            .getParsedAuthenticatorData()
            .getAttestedCredentialData()
            .map(data -> data.getCredentialPublicKey());
    Optional<COSEAlgorithmIdentifier> algorithm;
    try {
      algorithm = key.flatMap(COSEAlgorithmIdentifier::fromPublicKey);
    } catch (RuntimeException e) {
      throw new Malformed("The credential's public key cannot be read.");
    }
    return algorithm
        .filter(
            used ->
                options.getPubKeyCredParams().stream()
                    .map(PublicKeyCredentialParameters::getAlg)
                    .anyMatch(used::equals))
        .isPresent();
  }

  private RegistrationResult finish(
      PublicKeyCredential<AuthenticatorAttestationResponse, ClientRegistrationExtensionOutputs>
          parsed) {
    try {
      return relyingParty.finishRegistration(
          FinishRegistrationOptions.builder().request(options).response(parsed).build());
    } catch (RegistrationFailedException | RuntimeException e) {
      // What is left after the steps above: the attestation statement and what it signs.
      LogLine.event("registration.attestation-refused")
          .with("reason", String.valueOf(e.getMessage()))
          .log(LOG, Level.INFO);
      throw new StepRefused(Step.ATTESTATION);
    }
  }

  private static List<String> transports(RegistrationResult result) {
    return result.getKeyId().getTransports().stream()
        .flatMap(Set::stream)
        .map(AuthenticatorTransport::getId)
        .sorted()
        .limit(MOST_TRANSPORTS)
        .toList();
  }

  private static UUID uuid(ByteArray aaguid) {
    return Ids.read(ByteBuffer.wrap(aaguid.getBytes()));
  }
}
