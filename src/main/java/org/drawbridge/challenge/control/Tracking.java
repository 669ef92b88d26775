package org.drawbridge.challenge.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.drawbridge.access.ChallengeCaller;
import org.drawbridge.access.ChallengeTokens;
import org.drawbridge.access.ChallengeTokens.Claims;
import org.drawbridge.account.entity.Account;
import org.drawbridge.account.entity.AccountStatus;
import org.drawbridge.challenge.entity.Attempt;
import org.drawbridge.challenge.entity.Attempt.Circumstances;
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
  public Tracked track(
      ChallengeCaller caller,
      String userId,
      String action,
      Subject subject,
      Circumstances circumstances) {
    UUID companyId = caller.companyId();
    ChallengeUser user = user(companyId, userId, action, subject, circumstances);
    ChallengeSettings allowed = settings.of(companyId);
    String back = circumstances.redirectUrl();
    if (back != null && !allowed.isAllowed(back)) {
      throw new RedirectNotAllowed("redirectUrl");
    }
    Instant now = clock.instant();
    UUID id = Ids.next(now);
    String given = subject.idempotencyKey();
    String key = given == null ? id.toString() : given;
    List<Account> named = accounts.named(companyId, userId);
    Attempt attempt = given == null ? null : attempts.find(user, action, given).orElse(null);
    if (attempt == null) {
      attempt = new Attempt(user, id, action, key, caller.secretId(), circumstances, now);
      deciding.decide(attempt, user, named, circumstances, now);
      attempts.add(attempt);
    } else if (accounts.state(named, now) == AccountStatus.LOCKED) {
      attempt.become(AttemptState.BLOCK, now);
    }
    attempt.signedWith(caller.secretId());
    String token = tokens.sign(claims(attempt, userId), caller);
    return new Tracked(
        attempt,
        token,
        page + token,
        user.ordered(authenticators.enrolled(user, named)),
        List.copyOf(allowed.verificationMethods()));
  }

  /**
   * Held only where something of the user may change, or the attempt may be there already: most
   * logins wait for nobody.
   */
  private ChallengeUser user(
      UUID companyId, String userId, String action, Subject subject, Circumstances circumstances) {
    boolean mayChange = subject.idempotencyKey() != null || circumstances.tellDeviceOrPlace();
    ChallengeUser known =
        mayChange ? null : users.readAhead(companyId, userId, action).orElse(null);
    if (known != null
        && known.knows(subject.email(), subject.phone(), subject.username(), subject.locale())) {
      return known;
    }
    if (known != null) {
      users.forget(known);
    }
    ChallengeUser user = users.lock(companyId, userId);
    fillIn(user, subject);
    return user;
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
    return of(users.find(companyId, userId), action, idempotencyKey);
  }

  /** Whatever was decided before: who is locked is not let in. */
  private Attempt of(Optional<ChallengeUser> user, String action, String idempotencyKey) {
    Attempt attempt =
        user.flatMap(known -> attempts.find(known, action, idempotencyKey))
            .orElseThrow(() -> new NotFound("action"));
    if (accounts.contain(attempt.companyId(), user.orElseThrow().userId())) {
      attempt.become(AttemptState.BLOCK, clock.instant());
    }
    return attempt;
  }

  /** The rule that decided an attempt; empty where none did. */
  public Optional<Rule> rule(Attempt attempt) {
    Integer version = attempt.rulesVersion();
    return version == null || attempt.ruleId() == null
        ? Optional.empty()
        : ruleSets.of(attempt.companyId(), attempt.action(), version).rules().stream()
            .filter(rule -> rule.id().equals(attempt.ruleId()))
            .findFirst();
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
    Optional<ChallengeUser> user = users.lockKnown(companyId, userId);
    Attempt attempt = of(user, action, idempotencyKey);
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
