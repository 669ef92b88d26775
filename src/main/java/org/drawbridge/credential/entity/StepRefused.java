package org.drawbridge.credential.entity;

import org.drawbridge.problem.Kind;
import org.drawbridge.problem.Refusal;

/** A step of a ceremony (WebAuthn Level 3 sections 7.1 and 7.2) refused what the client sent. */
public final class StepRefused extends Refusal {

  /** The steps, each with a problem type of its own. */
  public enum Step {
    TYPE("ceremony-type-wrong", "The client data is of another type of ceremony."),
    CHALLENGE("challenge-wrong", "The challenge is another one."),
    ORIGIN("origin-wrong", "The passkey was used on a page that is not one of ours."),
    RP_ID("rp-id-wrong", "The passkey is for another relying party."),
    USER_PRESENCE("user-presence-missing", "The authenticator did not see that a person is there."),
    USER_VERIFICATION("user-verification-missing", "The authenticator did not verify the person."),
    FLAGS("flags-wrong", "The flags of the authenticator data contradict each other."),
    ALGORITHM("algorithm-wrong", "The passkey uses an algorithm that was not offered."),
    ATTESTATION("attestation-refused", "The attestation of the authenticator is not accepted."),
    AUTHENTICATOR("authenticator-not-allowed", "This kind of authenticator is not accepted here."),
    SIGNATURE("signature-wrong", "The signature is wrong.");

    private final String type;
    private final String detail;

    Step(String type, String detail) {
      this.type = type;
      this.detail = detail;
    }
  }

  private final Step step;

  public StepRefused(Step step) {
    super(Kind.FORBIDDEN, step.type, step.detail);
    this.step = step;
  }

  public Step step() {
    return step;
  }
}
