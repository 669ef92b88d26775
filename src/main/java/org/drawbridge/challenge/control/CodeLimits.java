package org.drawbridge.challenge.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.ToIntFunction;
import org.drawbridge.challenge.entity.CodeChallenge;
import org.drawbridge.challenge.entity.TooManyCodes;
import org.drawbridge.challenge.entity.TooManyTries;
import org.drawbridge.challenge.entity.VerificationMethod;

/**
 * How much there may be of challenges on pages of a company's own. They are begun for recipients,
 * so all of a recipient's count together, however many users or actions they are for.
 */
@ApplicationScoped
class CodeLimits {

  private static final Duration QUARTER = Duration.ofMinutes(15);
  private static final Duration HOUR = Duration.ofHours(1);

  /** From one place, so that nobody elsewhere can use up what a person may be sent. */
  private static final Limit CODES_FROM_ONE_PLACE =
      new Limit(5, QUARTER, CodeChallenge::codes, "c.mailbox = :mailbox and c.ipAddress = :place");

  private static final Limit CODES =
      new Limit(30, QUARTER, CodeChallenge::codes, "c.mailbox = :mailbox");

  /** Each SMS costs money. So many are enough for an office behind one address. */
  private static final Limit TEXTS_FROM_ONE_PLACE =
      new Limit(60, HOUR, CodeChallenge::codes, "c.method = :sms and c.ipAddress = :place");

  /** As many as at the challenge page, so that nobody guesses a code by beginning often. */
  private static final Limit WRONG_CODES =
      new Limit(
          20,
          HOUR,
          CodeChallenge::wrongCodes,
          "c.mailbox = :mailbox and (c.tries > 1 or (c.tries = 1 and c.verifiedAt is null))");

  @PersistenceContext EntityManager entities;
  @Inject Clock clock;

  /**
   * @param whose the challenges that count, each of which counts for one at least
   */
  private record Limit(
      int most, Duration window, ToIntFunction<CodeChallenge> counted, String whose) {}

  /**
   * @param place from where it is asked for; empty where the company does not tell
   * @throws TooManyCodes where enough were sent
   * @throws TooManyTries where the code could not be told
   */
  void requireFewCodes(UUID companyId, VerificationMethod method, String recipient, String place) {
    String mailbox = CodeChallenge.mailbox(recipient);
    requireFewWrong(companyId, mailbox);
    requireFew(CODES_FROM_ONE_PLACE, companyId, Map.of("mailbox", mailbox, "place", place));
    requireFew(CODES, companyId, Map.of("mailbox", mailbox));
    if (method == VerificationMethod.SMS && !place.isEmpty()) {
      requireFew(TEXTS_FROM_ONE_PLACE, companyId, Map.of("sms", method, "place", place));
    }
  }

  /**
   * The same for another code of a challenge.
   *
   * @throws TooManyCodes also where it was sent enough of them, or is over
   */
  void requireFewCodes(CodeChallenge challenge) {
    if (!challenge.mayBeSentAgain()) {
      throw new TooManyCodes(
          Duration.between(clock.instant(), challenge.createdAt().plus(QUARTER)));
    }
    requireFewCodes(
        challenge.companyId(), challenge.method(), challenge.recipient(), challenge.place());
  }

  private void requireFew(Limit limit, UUID companyId, Map<String, Object> whose) {
    untilFew(limit, companyId, whose)
        .ifPresent(
            wait -> {
              throw new TooManyCodes(wait);
            });
  }

  /**
   * Takes no code for a recipient, not even the right one, after too many that were wrong.
   *
   * @throws TooManyTries where there were too many lately
   */
  void requireFewWrong(CodeChallenge challenge) {
    requireFewWrong(challenge.companyId(), CodeChallenge.mailbox(challenge.recipient()));
  }

  private void requireFewWrong(UUID companyId, String mailbox) {
    untilFew(WRONG_CODES, companyId, Map.of("mailbox", mailbox))
        .ifPresent(
            wait -> {
              throw new TooManyTries(wait);
            });
  }

  /** How long it is until the oldest is forgotten with which they are too many; empty now. */
  private Optional<Duration> untilFew(Limit limit, UUID companyId, Map<String, Object> whose) {
    Instant now = clock.instant();
    TypedQuery<CodeChallenge> lately =
        entities
            .createQuery(
                "select c from CodeChallenge c where c.companyId = :company and "
                    + limit.whose()
                    + " and c.createdAt > :since order by c.createdAt desc",
                CodeChallenge.class)
            .setParameter("company", companyId)
            .setParameter("since", now.minus(limit.window()))
            .setMaxResults(limit.most());
    whose.forEach(lately::setParameter);
    int count = 0;
    for (CodeChallenge challenge : lately.getResultList()) {
      count += limit.counted().applyAsInt(challenge);
      if (count >= limit.most()) {
        return Optional.of(Duration.between(now, challenge.createdAt().plus(limit.window())));
      }
    }
    return Optional.empty();
  }
}
