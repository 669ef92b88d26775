package org.drawbridge.challenge.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.drawbridge.access.ChallengeCaller;
import org.drawbridge.access.ChallengeTokens;
import org.drawbridge.access.ChallengeTokens.Claims;
import org.drawbridge.challenge.entity.Attempt;
import org.drawbridge.challenge.entity.Attempt.Circumstances;
import org.drawbridge.challenge.entity.AttemptState;
import org.drawbridge.challenge.entity.ChallengeChanged;
import org.drawbridge.challenge.entity.ChallengeSettings;
import org.drawbridge.challenge.entity.ChallengeUser;
import org.drawbridge.challenge.entity.RedirectNotAllowed;
import org.drawbridge.challenge.entity.VerificationMethod;
import org.drawbridge.kernel.CompanyEvent;
import org.drawbridge.kernel.Ids;
import org.drawbridge.kernel.Settings;
import org.drawbridge.problem.NotFound;
import org.jspecify.annotations.Nullable;

/** Decides what is to happen when somebody does something. */
@ApplicationScoped
public class Tracking {

  @Inject ChallengeUsers users;
  @Inject Actions actions;
  @Inject Attempts attempts;
  @Inject Authenticators authenticators;
  @Inject LockedAccounts locked;
  @Inject SettingChallenges settings;
  @Inject ChallengeTokens tokens;
  @Inject Event<CompanyEvent> changes;
  @Inject Clock clock;

  private final String page = Settings.current().publicUrl() + "/challenge/?token=";

  /**
   * What is told of whom is tracked; null where nothing is.
   *
   * @param idempotencyKey of the attempt
   */
  public record Subject(
      @Nullable String idempotencyKey,
      @Nullable String email,
      @Nullable String phone,
      @Nullable String username,
      @Nullable String locale) {}

  /**
   * An attempt, and where the person can answer its challenge.
   *
   * @param token that names the attempt
   * @param url of the challenge page
   */
  public record Tracked(
      Attempt attempt,
      String token,
      String url,
      Set<VerificationMethod> enrolled,
      List<VerificationMethod> allowed) {}

  /**
   * The same {@code idempotencyKey} is the same attempt, however it stands meanwhile.
   *
   * @throws RedirectNotAllowed where people may not be sent back there
   */
  public Tracked track(
      ChallengeCaller caller,
      String userId,
      String action,
      Subject subject,
      Circumstances circumstances) {
    UUID companyId = caller.companyId();
    ChallengeSettings allowed = settings.of(companyId);
    String back = circumstances.redirectUrl();
    if (back != null && !allowed.isAllowed(back)) {
      throw new RedirectNotAllowed("redirectUrl");
    }
    ChallengeUser user = users.lock(companyId, userId);
    fillIn(user, subject);
    Instant now = clock.instant();
    UUID id = Ids.next(now);
    String key = subject.idempotencyKey() == null ? id.toString() : subject.idempotencyKey();
    Attempt attempt =
        attempts
            .find(user, action, key)
            .orElseGet(
                () -> {
                  AttemptState state =
                      state(user, actions.seen(companyId, action).defaultOutcome().state());
                  Attempt fresh =
                      new Attempt(
                          user, id, action, key, state, caller.secretId(), circumstances, now);
                  attempts.add(fresh);
                  return fresh;
                });
    requireUnlocked(attempt, userId);
    attempt.signedWith(caller.secretId());
    String token = tokens.sign(claims(attempt, userId), null);
    return new Tracked(
        attempt,
        token,
        page + token,
        authenticators.enrolled(user),
        List.copyOf(allowed.verificationMethods()));
  }

  static Claims claims(Attempt attempt, String userId) {
    return new Claims(
        attempt.companyId(),
        attempt.secretId(),
        attempt.id(),
        userId,
        attempt.action(),
        attempt.idempotencyKey(),
        false);
  }

  /** Whatever the action's outcome: who is locked is not let in. */
  private AttemptState state(ChallengeUser user, AttemptState wanted) {
    if (!locked.contain(user.companyId(), user.userId())) {
      return wanted;
    }
    changes.fire(
        new ChallengeChanged(
            user.companyId(), "challenge-blocked", user.id(), Map.of("user", user.userId())));
    return AttemptState.BLOCK;
  }

  /** What an identity provider tells counts as long as nothing else was verified. */
  private static void fillIn(ChallengeUser user, Subject subject) {
    if (subject.email() != null && !user.isEmailVerified()) {
      user.reachableAt(subject.email());
    }
    if (subject.phone() != null && !user.isPhoneVerified()) {
      user.phonedAt(subject.phone());
    }
    if (subject.username() != null) {
      user.named(subject.username());
    }
    if (subject.locale() != null) {
      user.speaks(subject.locale());
    }
  }

  /**
   * @throws NotFound where there was no such attempt
   */
  public Attempt get(UUID companyId, String userId, String action, String idempotencyKey) {
    Attempt attempt =
        users
            .find(companyId, userId)
            .flatMap(user -> attempts.find(user, action, idempotencyKey))
            .orElseThrow(() -> new NotFound("action"));
    requireUnlocked(attempt, userId);
    return attempt;
  }

  /** Whatever was decided before: who is locked is not let in. */
  private void requireUnlocked(Attempt attempt, String userId) {
    if (locked.contain(attempt.companyId(), userId)) {
      attempt.become(AttemptState.BLOCK, clock.instant());
    }
  }

  /**
   * The newest first; nothing where the user was never seen.
   *
   * @param actionCodes empty for all
   */
  public List<Attempt> of(
      UUID companyId,
      String userId,
      @Nullable Instant from,
      List<String> actionCodes,
      @Nullable AttemptState state) {
    return users
        .find(companyId, userId)
        .map(user -> attempts.of(user, from, actionCodes, state))
        .orElse(List.of());
  }

  /** The company decides an attempt itself, after a review for instance. */
  public Attempt decide(
      UUID companyId, String userId, String action, String idempotencyKey, AttemptState state) {
    Attempt attempt = get(companyId, userId, action, idempotencyKey);
    attempt.become(state, clock.instant());
    changes.fire(
        new ChallengeChanged(
            companyId,
            "challenge-decided",
            attempt.id(),
            Map.of("user", userId, "action", action, "state", state.name())));
    return attempt;
  }
}
