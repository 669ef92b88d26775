package org.drawbridge.challenge.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.drawbridge.access.ChallengeTokens;
import org.drawbridge.access.ChallengeTokens.Claims;
import org.drawbridge.account.entity.Account;
import org.drawbridge.account.entity.AccountStatus;
import org.drawbridge.challenge.entity.Attempt;
import org.drawbridge.challenge.entity.AttemptState;
import org.drawbridge.challenge.entity.ChallengeChanged;
import org.drawbridge.challenge.entity.ChallengeSettings;
import org.drawbridge.challenge.entity.ChallengeUser;
import org.drawbridge.challenge.entity.RedirectNotAllowed;
import org.drawbridge.challenge.entity.Rule;
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
  @Inject Deciding deciding;
  @Inject RuleSets ruleSets;
  @Inject Recognizing recognizing;
  @Inject Attempts attempts;
  @Inject Authenticators authenticators;
  @Inject LockedAccounts accounts;
  @Inject SettingChallenges settings;
  @Inject ChallengeTokens tokens;
  @Inject Event<CompanyEvent> changes;
  @Inject Clock clock;

  private final String page = Settings.current().publicUrl() + "/challenge/?token=";

  /**
   * An attempt, and where the person can answer its challenge.
   *
   * @param token that names the attempt
   * @param url of the challenge page
   * @param enrolled what the person can answer with, what is preferred first
   */
  public record Tracked(
      Attempt attempt,
      String token,
      String url,
      List<VerificationMethod> enrolled,
      List<VerificationMethod> allowed) {}

  /**
   * The same {@code idempotencyKey} is the same attempt, however it stands meanwhile.
   *
   * @throws RedirectNotAllowed where people may not be sent back there
   */
  public Tracked track(Track track) {
    ChallengeUser user = users.lock(track.companyId(), track.userId());
    user.learn(track.told());
    ChallengeSettings allowed = settings.of(track.companyId());
    String back = track.circumstances().redirectUrl();
    if (back != null && !allowed.isAllowed(back)) {
      throw new RedirectNotAllowed("redirectUrl");
    }
    Instant now = clock.instant();
    List<Account> named = accounts.named(track.companyId(), track.userId());
    Attempt attempt =
        Optional.ofNullable(track.idempotencyKey())
            .flatMap(key -> attempts.find(user, track.action(), key))
            .orElse(null);
    if (attempt == null) {
      attempt = track.attempt(user.key(), Ids.next(now), now);
      deciding.decide(attempt, user, named, now);
      attempts.add(attempt);
    } else if (accounts.state(named, now) == AccountStatus.LOCKED) {
      attempt.become(AttemptState.BLOCK, now);
    }
    attempt.signedWith(track.caller().secretId());
    return tracked(
        track,
        attempt,
        user.ordered(authenticators.enrolled(user, named)),
        allowed.verificationMethods());
  }

  /** With the token, for an attempt that is recorded. */
  Tracked tracked(
      Track track,
      Attempt attempt,
      List<VerificationMethod> enrolled,
      Set<VerificationMethod> allowed) {
    String token = tokens.sign(claims(attempt, track.userId()), track.caller());
    return new Tracked(attempt, token, page + token, enrolled, List.copyOf(allowed));
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

  /** Empty where there was no such attempt. */
  public Optional<Attempt> find(
      UUID companyId, String userId, String action, String idempotencyKey) {
    return of(users.find(companyId, userId), action, idempotencyKey);
  }

  /** Whatever was decided before: who is locked is not let in. */
  private Optional<Attempt> of(Optional<ChallengeUser> user, String action, String idempotencyKey) {
    Optional<Attempt> attempt = user.flatMap(known -> attempts.find(known, action, idempotencyKey));
    attempt
        .filter(known -> accounts.contain(known.companyId(), user.orElseThrow().userId()))
        .ifPresent(locked -> locked.become(AttemptState.BLOCK, clock.instant()));
    return attempt;
  }

  /** The rule that decided an attempt; empty where none did. */
  public Optional<Rule> rule(Attempt attempt) {
    return Optional.ofNullable(attempt.rulesVersion())
        .flatMap(
            version ->
                ruleSets.of(attempt.companyId(), attempt.action(), version).rule(attempt.ruleId()));
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

  /**
   * The company decides an attempt itself, after a review for instance.
   *
   * @throws NotFound where there was no such attempt
   */
  public Attempt decide(
      UUID companyId, String userId, String action, String idempotencyKey, AttemptState state) {
    Optional<ChallengeUser> user = users.lockKnown(companyId, userId);
    Attempt attempt = of(user, action, idempotencyKey).orElseThrow(() -> new NotFound("action"));
    Instant now = clock.instant();
    attempt.become(state, now);
    if (state == AttemptState.CHALLENGE_SUCCEEDED) {
      recognizing.letIn(user.orElseThrow(), attempt, now);
    }
    changes.fire(
        new ChallengeChanged(
            companyId,
            "challenge-decided",
            attempt.id(),
            Map.of("user", userId, "action", action, "state", state.name())));
    return attempt;
  }
}
