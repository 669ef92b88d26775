package org.drawbridge.challenge.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.drawbridge.challenge.control.Answering.Answered;
import org.drawbridge.challenge.control.Answering.GoingOn;
import org.drawbridge.challenge.control.Recognizing.Browser;
import org.drawbridge.challenge.entity.Attempt;
import org.drawbridge.challenge.entity.AttemptState;
import org.drawbridge.challenge.entity.ChallengeClosed;
import org.drawbridge.challenge.entity.Facts;
import org.drawbridge.challenge.entity.RuleSet;
import org.drawbridge.challenge.entity.VerificationMethod;
import org.jspecify.annotations.Nullable;

/**
 * Where a company allows it, a browser that a person has had remembered stands in for a challenge.
 */
@ApplicationScoped
public class RememberingDevices {

  @Inject OpenChallenges challenges;
  @Inject SettingChallenges settings;
  @Inject Recognizing recognizing;
  @Inject Succeeding succeeding;
  @Inject RuleSets ruleSets;
  @Inject Clock clock;

  /**
   * @param value of the cookie
   * @param lifetime more than zero
   */
  public record DeviceCookieValue(String value, Duration lifetime) {}

  /** For how long the company allows it; zero for not at all. */
  Duration memory(OpenChallenge open) {
    return Duration.ofDays(settings.of(open.user().companyId()).rememberDeviceDays());
  }

  /** Null where the person or the company does not want it. */
  @Nullable DeviceCookieValue remember(
      OpenChallenge open, VerificationMethod method, GoingOn goingOn) {
    Duration memory = memory(open);
    return goingOn.isRemembering() && !memory.isZero()
        ? new DeviceCookieValue(
            recognizing.remember(open.user(), goingOn.browser(), method, memory), memory)
        : null;
  }

  /** How the person answered when the browser was remembered; empty where that does not do. */
  Optional<VerificationMethod> standIn(OpenChallenge open, Browser browser) {
    Attempt attempt = open.attempt();
    Integer version = attempt.rulesVersion();
    Facts facts = attempt.facts().orElse(null);
    if (open.isEnrolling()
        || attempt.state() != AttemptState.CHALLENGE_REQUIRED
        || version == null
        || facts == null
        || memory(open).isZero()) {
      return Optional.empty();
    }
    RuleSet rules = ruleSets.of(attempt.companyId(), attempt.action(), version);
    return rules.letsIn(facts.onKnownDevice())
        ? recognizing.remembered(open.user(), browser)
        : Optional.empty();
  }

  /**
   * Goes on without an answer.
   *
   * @throws ChallengeClosed where one is needed
   */
  public Answered pass(@Nullable String token, GoingOn goingOn) {
    OpenChallenge open = challenges.answerable(token);
    VerificationMethod method = standIn(open, goingOn.browser()).orElseThrow(ChallengeClosed::new);
    Instant now = clock.instant();
    open.attempt().succeed(method, null, now);
    recognizing.letIn(open.user(), open.attempt(), now);
    succeeding.tell("challenge-passed-by-device", open.user(), open.attempt(), method);
    return new Answered(challenges.back(open, goingOn.state()), List.of(), null);
  }
}
