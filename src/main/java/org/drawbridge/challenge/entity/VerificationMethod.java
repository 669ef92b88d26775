package org.drawbridge.challenge.entity;

/** How a person can answer a challenge, in the words of the challenge API. */
public enum VerificationMethod {
  PASSKEY,
  AUTHENTICATOR_APP,
  EMAIL_OTP,
  SMS,
  RECOVERY_CODE
}
