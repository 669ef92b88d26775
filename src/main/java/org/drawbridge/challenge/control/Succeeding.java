package org.drawbridge.challenge.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.drawbridge.challenge.entity.Attempt;
import org.drawbridge.challenge.entity.ChallengeChanged;
import org.drawbridge.challenge.entity.ChallengeUser;
import org.drawbridge.challenge.entity.VerificationMethod;
import org.drawbridge.kernel.CompanyEvent;
import org.jspecify.annotations.Nullable;

/** What follows when somebody has answered a challenge, on our page or on one of the company's. */
@ApplicationScoped
class Succeeding {

  @Inject Recognizing recognizing;
  @Inject EnrolmentNotices notices;
  @Inject Event<CompanyEvent> changes;
  @Inject Clock clock;

  /**
   * What somebody has answered with.
   *
   * @param authenticatorId or the passkey's; null for what is neither
   */
  record Proof(VerificationMethod method, @Nullable UUID authenticatorId) {}

  /**
   * The challenge is answered.
   *
   * @param isEnrolling whether the person has just made what was answered with
   */
  void succeed(ChallengeUser user, Attempt attempt, Proof proof, boolean isEnrolling) {
    Instant now = clock.instant();
    VerificationMethod method = proof.method();
    attempt.succeed(method, proof.authenticatorId(), now);
    recognizing.letIn(user, attempt, now);
    tell("challenge-succeeded", user, attempt, method);
    if (isEnrolling) {
      tell("authenticator-enrolled", user, attempt, method);
      notices.tell(user, method);
    }
  }

  void tell(String type, ChallengeUser user, Attempt attempt, VerificationMethod method) {
    changes.fire(
        new ChallengeChanged(
            user.companyId(),
            type,
            attempt.id(),
            Map.of(
                "user",
                user.userId(),
                "action",
                attempt.action(),
                "verificationMethod",
                method.name())));
  }
}
