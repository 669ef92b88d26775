package org.drawbridge.challenge.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.drawbridge.access.ChallengeTokens;
import org.drawbridge.access.Reach;
import org.drawbridge.challenge.entity.Attempt;
import org.drawbridge.challenge.entity.ChallengeCode;
import org.drawbridge.challenge.entity.ChallengeUser;
import org.drawbridge.challenge.entity.TooManyCodes;
import org.drawbridge.challenge.entity.VerificationMethod;
import org.drawbridge.company.control.Companies;
import org.drawbridge.kernel.Dialling;
import org.drawbridge.kernel.Ids;
import org.drawbridge.kernel.Notice;
import org.drawbridge.kernel.Recipient;
import org.drawbridge.kernel.Vault;
import org.drawbridge.user.control.Recipients;
import org.jspecify.annotations.Nullable;

/**
 * The codes that are sent by mail and SMS. An attempt's first code goes out, so that nobody can use
 * up what others may be sent; further ones are limited by who is sent them, and SMS, which cost
 * money, by the user, too.
 */
@ApplicationScoped
public class ChallengeCodes {

  private static final String PURPOSE = "challenge-code";
  private static final int CODE_LENGTH = 6;
  private static final int CODES_OF_ATTEMPT = 5;
  private static final int CODES_TO_RECIPIENT = 10;
  private static final Duration WINDOW = Duration.ofMinutes(15);
  private static final int TEXTS_TO_TYPED_NUMBERS = 5;

  /** So many that nobody who logs in needs them, and few enough to pay for. */
  private static final int TEXTS_TO_USER = 20;

  private static final Duration TEXTS_WINDOW = Duration.ofHours(1);

  @PersistenceContext EntityManager entities;
  @Inject Companies companies;
  @Inject Recipients recipients;
  @Inject Event<Notice> notices;
  @Inject Vault vault;
  @Inject Clock clock;

  /**
   * @throws TooManyCodes where enough were sent
   */
  void send(Attempt attempt, ChallengeUser user, VerificationMethod method, String recipient) {
    Instant now = clock.instant();
    String to = method == VerificationMethod.SMS ? Dialling.digits(recipient) : recipient;
    int earlier = of(attempt).size();
    if (earlier >= CODES_OF_ATTEMPT) {
      // Only the next attempt has codes again; who waits for this one's end begins that.
      throw new TooManyCodes(
          Duration.between(now, attempt.createdAt().plus(ChallengeTokens.LIFETIME)));
    }
    if (method == VerificationMethod.SMS) {
      requireFewTexts(user, TEXTS_TO_USER);
    }
    if (earlier > 0) {
      lastToCount(user, to)
          .map(sent -> sent.plus(WINDOW))
          .filter(now::isBefore)
          .ifPresent(
              end -> {
                throw new TooManyCodes(Duration.between(now, end));
              });
    }
    byte[] mac = sent(user.companyId(), attempt.id(), method, to, user.locale());
    entities.persist(new ChallengeCode(attempt, Ids.next(now), method, to, mac, now));
  }

  /**
   * A number that a person types may be anybody's, and each SMS costs money: there are few of them,
   * however many attempts there are.
   *
   * @throws TooManyCodes where enough were sent
   */
  void requireFewToTypedNumbers(ChallengeUser user) {
    requireFewTexts(user, TEXTS_TO_TYPED_NUMBERS);
  }

  private void requireFewTexts(ChallengeUser user, int most) {
    Instant now = clock.instant();
    entities
        .createQuery(
            "select c.createdAt from Attempt a, ChallengeCode c where a.companyId = :company"
                + " and a.userId = :user and c.companyId = :company and c.attemptId = a.id"
                + " and c.method = :sms and c.createdAt > :since order by c.createdAt desc",
            Instant.class)
        .setParameter("company", user.companyId())
        .setParameter("user", user.id())
        .setParameter("sms", VerificationMethod.SMS)
        .setParameter("since", now.minus(TEXTS_WINDOW))
        .setFirstResult(most - 1)
        .setMaxResults(1)
        .getResultStream()
        .findFirst()
        .ifPresent(
            sent -> {
              throw new TooManyCodes(Duration.between(now, sent.plus(TEXTS_WINDOW)));
            });
  }

  /**
   * Sends a code, and answers its MAC.
   *
   * @param id of what it is for
   * @param locale of the person; null where it is not known
   */
  byte[] sent(
      UUID companyId, UUID id, VerificationMethod method, String to, @Nullable String locale) {
    String code = vault.randomDigits(CODE_LENGTH);
    Recipient whom =
        method == VerificationMethod.SMS
            ? recipients.anybody(companyId, null, to, locale)
            : recipients.anybody(companyId, to, null, locale);
    notices.fire(
        new Notice(
            "confirmation-code",
            whom,
            Map.of(
                "application",
                companies.get(Reach.only(companyId), companyId).name(),
                "code",
                code,
                "minutes",
                Long.toString(ChallengeCode.LIFETIME.toMinutes()))));
    return vault.mac(PURPOSE, ChallengeCode.message(id, method, code));
  }

  /** Whether that is the MAC of a code that was sent. */
  boolean isRight(UUID id, VerificationMethod method, String code, byte[] mac) {
    return vault.isMac(PURPOSE, ChallengeCode.message(id, method, code), mac);
  }

  /** Where the newest code of that kind went, if the given one is it, and counts. */
  Optional<String> recipient(Attempt attempt, VerificationMethod method, String code) {
    return newest(attempt, method)
        .filter(sent -> isRight(attempt.id(), method, code, sent.mac()))
        .filter(sent -> sent.counts(clock.instant()))
        .map(ChallengeCode::recipient);
  }

  private Optional<ChallengeCode> newest(Attempt attempt, VerificationMethod method) {
    return of(attempt).stream().filter(code -> code.method() == method).findFirst();
  }

  /** Newest first. */
  private List<ChallengeCode> of(Attempt attempt) {
    return entities
        .createQuery(
            "select c from ChallengeCode c where c.companyId = :company"
                + " and c.attemptId = :attempt order by c.createdAt desc, c.id desc",
            ChallengeCode.class)
        .setParameter("company", attempt.companyId())
        .setParameter("attempt", attempt.id())
        .getResultList();
  }

  /** When the code was sent that is as many codes ago as may be sent to one recipient. */
  private Optional<Instant> lastToCount(ChallengeUser user, String recipient) {
    return entities
        .createQuery(
            "select c.createdAt from ChallengeCode c where c.companyId = :company"
                + " and c.recipient = :recipient order by c.createdAt desc",
            Instant.class)
        .setParameter("company", user.companyId())
        .setParameter("recipient", recipient)
        .setFirstResult(CODES_TO_RECIPIENT - 1)
        .setMaxResults(1)
        .getResultStream()
        .findFirst();
  }

  /** What was sent before that time; answers how many. */
  public int removeBefore(Instant time) {
    return entities
        .createQuery("delete from ChallengeCode c where c.createdAt < :time")
        .setParameter("time", time)
        .executeUpdate();
  }

  void removeOf(ChallengeUser user) {
    entities
        .createQuery(
            "delete from ChallengeCode c where c.companyId = :company and c.attemptId in"
                + " (select a.id from Attempt a where a.companyId = :company"
                + " and a.userId = :user)")
        .setParameter("company", user.companyId())
        .setParameter("user", user.id())
        .executeUpdate();
  }
}
