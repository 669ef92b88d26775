package org.drawbridge.challenge.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.drawbridge.access.ChallengeCaller;
import org.drawbridge.access.ChallengeTokens;
import org.drawbridge.access.ChallengeTokens.Claims;
import org.drawbridge.challenge.control.Succeeding.Proof;
import org.drawbridge.challenge.entity.Attempt;
import org.drawbridge.challenge.entity.Attempt.Circumstances;
import org.drawbridge.challenge.entity.AttemptState;
import org.drawbridge.challenge.entity.Authenticator;
import org.drawbridge.challenge.entity.ChallengeClosed;
import org.drawbridge.challenge.entity.ChallengeUser;
import org.drawbridge.challenge.entity.CodeChallenge;
import org.drawbridge.challenge.entity.MethodNotOffered;
import org.drawbridge.challenge.entity.TooManyCodes;
import org.drawbridge.challenge.entity.TooManyTries;
import org.drawbridge.challenge.entity.VerificationMethod;
import org.drawbridge.kernel.Dialling;
import org.drawbridge.kernel.Ids;
import org.drawbridge.kernel.OwnedId;
import org.drawbridge.problem.Impossible;
import org.drawbridge.problem.MemberError;
import org.drawbridge.problem.NotFound;
import org.jspecify.annotations.Nullable;

/** Challenges by a code, for companies with pages of their own. */
@ApplicationScoped
public class CodeChallenges {

  @PersistenceContext EntityManager entities;
  @Inject ChallengeUsers users;
  @Inject Deciding deciding;
  @Inject Attempts attempts;
  @Inject Authenticators authenticators;
  @Inject SendingCodes codes;
  @Inject CodeLimits limits;
  @Inject LockedAccounts locked;
  @Inject Succeeding succeeding;
  @Inject SettingChallenges settings;
  @Inject ChallengeTokens tokens;
  @Inject Clock clock;

  /**
   * What is asked for; null where nothing is said.
   *
   * @param challengeId to send another code for the same challenge
   * @param locale that codes are written in
   */
  public record Wish(
      @Nullable VerificationMethod method,
      @Nullable String action,
      @Nullable UUID challengeId,
      @Nullable String idempotencyKey,
      @Nullable String userId,
      @Nullable String email,
      @Nullable String phone,
      @Nullable String locale,
      Circumstances circumstances) {}

  /** Why a code did not count; null where it did. */
  public record Verified(CodeChallenge challenge, @Nullable Failure failure) {}

  /** In the words of the challenge API. */
  public enum Failure {
    CODE_INVALID_OR_EXPIRED,
    MAX_ATTEMPTS_EXCEEDED
  }

  /**
   * Sends a code.
   *
   * @throws TooManyCodes where enough were sent
   * @throws TooManyTries where too many codes were wrong
   */
  public CodeChallenge begin(UUID companyId, Wish wish) {
    return wish.challengeId() == null
        ? fresh(companyId, wish)
        : again(companyId, wish.challengeId());
  }

  private CodeChallenge fresh(UUID companyId, Wish wish) {
    if (wish.action() == null) {
      throw new Impossible(MemberError.at("action", "is needed for a new challenge"));
    }
    VerificationMethod method = method(wish);
    String given = recipient(companyId, wish, method);
    settings.requireAllowed(companyId, method);
    String to = method == VerificationMethod.SMS ? Dialling.digits(given) : given;
    String place = Objects.requireNonNullElse(wish.circumstances().ipAddress(), "");
    limits.requireFewCodes(companyId, method, to, place);
    Instant now = clock.instant();
    UUID id = Ids.next(now);
    String locale = locale(companyId, wish);
    CodeChallenge challenge =
        new CodeChallenge(
            companyId,
            id,
            wish.userId(),
            wish.action(),
            wish.idempotencyKey() == null ? id.toString() : wish.idempotencyKey(),
            method,
            to,
            locale,
            wish.circumstances(),
            codes.sent(companyId, id, method, to, locale),
            now);
    entities.persist(challenge);
    return challenge;
  }

  private CodeChallenge again(UUID companyId, UUID id) {
    CodeChallenge challenge = lock(companyId, id);
    settings.requireAllowed(companyId, challenge.method());
    limits.requireFewCodes(challenge);
    challenge.sentAgain(
        codes.sent(companyId, id, challenge.method(), challenge.recipient(), challenge.locale()),
        clock.instant());
    return challenge;
  }

  private static VerificationMethod method(Wish wish) {
    if (wish.method() != null) {
      return wish.method();
    }
    return wish.phone() == null ? VerificationMethod.EMAIL_OTP : VerificationMethod.SMS;
  }

  /** What is given, or what the user has enrolled. */
  private String recipient(UUID companyId, Wish wish, VerificationMethod method) {
    String given =
        switch (method) {
          case SMS -> wish.phone();
          case EMAIL_OTP -> wish.email();
          default ->
              throw new Impossible(
                  MemberError.at("verificationMethod", "must be EMAIL_OTP or SMS here"));
        };
    if (given != null) {
      return given;
    }
    return Optional.ofNullable(wish.userId())
        .flatMap(userId -> users.find(companyId, userId))
        .flatMap(user -> authenticators.of(user, method))
        .map(Authenticator::recipient)
        .orElseThrow(() -> new MethodNotOffered("verificationMethod"));
  }

  /** What is said, or known of the user. */
  private @Nullable String locale(UUID companyId, Wish wish) {
    return wish.locale() != null || wish.userId() == null
        ? wish.locale()
        : users.find(companyId, wish.userId()).map(ChallengeUser::locale).orElse(null);
  }

  /**
   * Takes a code. A wrong one is a try.
   *
   * @throws TooManyTries where too many codes to its recipient were wrong
   */
  public Verified verify(UUID companyId, UUID id, String code) {
    CodeChallenge challenge = lock(companyId, id);
    limits.requireFewWrong(challenge);
    if (!challenge.countTry()) {
      return new Verified(challenge, Failure.MAX_ATTEMPTS_EXCEEDED);
    }
    Instant now = clock.instant();
    if (!codes.isRight(id, challenge.method(), code, challenge.mac()) || !challenge.counts(now)) {
      return new Verified(challenge, Failure.CODE_INVALID_OR_EXPIRED);
    }
    challenge.verified(now);
    return new Verified(challenge, null);
  }

  /** The newest that can still be answered. */
  public Optional<CodeChallenge> active(
      UUID companyId,
      @Nullable UUID id,
      @Nullable String userId,
      @Nullable String action,
      @Nullable VerificationMethod method) {
    Instant now = clock.instant();
    var query =
        entities
            .createQuery(
                "select c from CodeChallenge c where c.companyId = :company and c.expiry > :now"
                    + (id == null ? "" : " and c.id = :id")
                    + (userId == null ? "" : " and c.userId = :user")
                    + (action == null ? "" : " and c.action = :action")
                    + (method == null ? "" : " and c.method = :method")
                    + " order by c.createdAt desc",
                CodeChallenge.class)
            .setParameter("company", companyId)
            .setParameter("now", now)
            .setMaxResults(10);
    Map<String, Optional<?>> wanted =
        Map.of(
            "id", Optional.ofNullable(id),
            "user", Optional.ofNullable(userId),
            "action", Optional.ofNullable(action),
            "method", Optional.ofNullable(method));
    wanted.forEach((name, value) -> value.ifPresent(v -> query.setParameter(name, v)));
    return query.getResultStream().filter(c -> c.isActive(now)).findFirst();
  }

  /** A claim's token, and how the person had answered. */
  public record Claimed(String token, VerificationMethod method) {}

  /**
   * Says whose the challenge was, once. The first answer of somebody who had nothing to answer with
   * is enrolled. The token proves it, whatever page the attempt was tracked for.
   *
   * @param skipsCheck whether the company has verified the code by itself
   * @throws ChallengeClosed where it was not answered, or was claimed before
   * @throws MethodNotOffered where the company does not allow that way any more
   */
  public Claimed claim(ChallengeCaller caller, UUID id, String userId, boolean skipsCheck) {
    UUID companyId = caller.companyId();
    CodeChallenge challenge = lock(companyId, id);
    Instant now = clock.instant();
    boolean isForAnother = challenge.userId() != null && !challenge.userId().equals(userId);
    if (isForAnother || (!challenge.isVerified() && !skipsCheck) || !challenge.claim(now)) {
      throw new ChallengeClosed();
    }
    settings.requireAllowed(companyId, challenge.method());
    ChallengeUser user = users.lock(companyId, userId);
    Attempt attempt =
        attempts
            .find(user, challenge.action(), challenge.idempotencyKey())
            .flatMap(known -> attempts.lock(companyId, known.id()))
            .orElseGet(() -> attempt(caller, challenge, user, now));
    attempt.signedWith(caller.secretId());
    if (locked.contain(user)) {
      attempt.become(AttemptState.BLOCK, now);
    } else if (attempt.isOpen(true)) {
      boolean isEnrolling = authenticators.enrolled(user).isEmpty();
      Authenticator own =
          isEnrolling
              ? authenticators.replace(user, challenge.method(), challenge.recipient())
              : authenticators
                  .of(user, challenge.method())
                  .filter(known -> challenge.recipient().equals(known.dialled()))
                  .orElse(null);
      if (own != null) {
        own.verified(now);
      }
      user.answeredAt(challenge.method(), challenge.recipient());
      Proof proof = new Proof(challenge.method(), own == null ? null : own.id());
      succeeding.succeed(user, attempt, proof, isEnrolling);
    }
    Claims claims = Tracking.claims(attempt, userId);
    return new Claimed(
        tokens.sign(
            attempt.state() == AttemptState.CHALLENGE_SUCCEEDED ? claims.returned() : claims,
            caller),
        challenge.method());
  }

  private Attempt attempt(
      ChallengeCaller caller, CodeChallenge challenge, ChallengeUser user, Instant now) {
    Attempt attempt =
        new Attempt(
            user.key(),
            Ids.next(now),
            challenge.action(),
            challenge.idempotencyKey(),
            caller.secretId(),
            challenge.circumstances(),
            now);
    deciding.decide(attempt, user, locked.named(user), now);
    attempts.add(attempt);
    return attempt;
  }

  /** Those that were begun before that time; answers how many. */
  public int removeBefore(Instant time) {
    return entities
        .createQuery("delete from CodeChallenge c where c.createdAt < :time")
        .setParameter("time", time)
        .executeUpdate();
  }

  void removeOf(ChallengeUser user) {
    entities
        .createQuery(
            "delete from CodeChallenge c where c.companyId = :company and c.userId = :user")
        .setParameter("company", user.companyId())
        .setParameter("user", user.userId())
        .executeUpdate();
  }

  private CodeChallenge lock(UUID companyId, UUID id) {
    CodeChallenge challenge =
        entities.find(
            CodeChallenge.class, new OwnedId(companyId, id), LockModeType.PESSIMISTIC_WRITE);
    if (challenge == null) {
      throw new NotFound("challenge");
    }
    return challenge;
  }
}
