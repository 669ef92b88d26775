package org.drawbridge.credential.control;

import org.jspecify.annotations.Nullable;

/**
 * What the starter of a registration ceremony asks of authenticators (WebAuthn Level 3 sections
 * 5.4.4 and 5.4.7); null for what it leaves to us.
 */
public record RegistrationWish(
    @Nullable Attestation attestation,
    @Nullable Attachment attachment,
    @Nullable Boolean requiresResidentKey,
    @Nullable Verification userVerification) {

  /** Attestation conveyance preference. */
  public enum Attestation {
    NONE,
    INDIRECT,
    DIRECT,
    ENTERPRISE
  }

  /** Authenticator attachment. */
  public enum Attachment {
    PLATFORM,
    CROSS_PLATFORM
  }

  /** User verification requirement. */
  public enum Verification {
    DISCOURAGED,
    PREFERRED,
    REQUIRED
  }

  /** A passkey: discoverable, for a verified person. */
  public static RegistrationWish passkey() {
    return new RegistrationWish(null, null, true, Verification.REQUIRED);
  }
}
