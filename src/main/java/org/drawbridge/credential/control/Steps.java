package org.drawbridge.credential.control;

import com.yubico.webauthn.data.AuthenticatorData;
import com.yubico.webauthn.data.AuthenticatorDataFlags;
import com.yubico.webauthn.data.ByteArray;
import com.yubico.webauthn.data.CollectedClientData;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.drawbridge.credential.entity.StepRefused;
import org.drawbridge.credential.entity.StepRefused.Step;
import org.drawbridge.kernel.Vault;

/**
 * The steps that both ceremonies have in common (WebAuthn Level 3 sections 7.1 and 7.2), so that a
 * refusal can name its step. The library repeats them all, and verifies what is cryptographic.
 *
 * @param type {@code webauthn.create} or {@code webauthn.get}
 */
record Steps(
    String type,
    ByteArray challenge,
    Set<String> origins,
    String relyingPartyId,
    boolean verifiesUser) {

  private static final int BE = 0x08;
  private static final int BS = 0x10;

  /**
   * @throws StepRefused naming the first step that refuses
   */
  void require(CollectedClientData client, AuthenticatorData authenticator) {
    require(type.equals(client.getType()), Step.TYPE);
    require(challenge.equals(client.getChallenge()), Step.CHALLENGE);
    require(origins.contains(client.getOrigin()), Step.ORIGIN);
    ByteArray id = new ByteArray(Vault.sha256(relyingPartyId.getBytes(StandardCharsets.UTF_8)));
    require(id.equals(authenticator.getRpIdHash()), Step.RP_ID);
    AuthenticatorDataFlags flags = authenticator.getFlags();
    require(flags.UP, Step.USER_PRESENCE);
    require(flags.UV || !verifiesUser, Step.USER_VERIFICATION);
    require(isBackupEligible(authenticator) || !isBackedUp(authenticator), Step.FLAGS);
  }

  /** Flag BE (section 6.1); the library still calls its own name for it an experiment. */
  static boolean isBackupEligible(AuthenticatorData authenticator) {
    return (authenticator.getFlags().value & BE) != 0;
  }

  /** Flag BS. */
  static boolean isBackedUp(AuthenticatorData authenticator) {
    return (authenticator.getFlags().value & BS) != 0;
  }

  static void require(boolean holds, Step step) {
    if (!holds) {
      throw new StepRefused(step);
    }
  }

  /** Whether the library could not even read flags that contradict each other. */
  static boolean isOfFlags(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = cause.getMessage();
      if (message != null && message.startsWith("Flag combination")) {
        return true;
      }
    }
    return false;
  }
}
