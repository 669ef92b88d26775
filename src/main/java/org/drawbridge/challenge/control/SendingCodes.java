package org.drawbridge.challenge.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.drawbridge.access.ChallengeTokens;
import org.drawbridge.challenge.entity.Attempt;
import org.drawbridge.challenge.entity.ChallengeUser;
import org.drawbridge.challenge.entity.SentCode;
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
 * Sends codes by mail and SMS, and takes them. An attempt's first code goes out, so that nobody can
 * use up what others may be sent; further ones are limited by who is sent them, and SMS, which cost
 * money, by the user, too.
 */
@ApplicationScoped
public class SendingCodes {

  private static final String PURPOSE = "challenge-code";
  private static final int CODE_LENGTH = 6;
  private static final int CODES_OF_ATTEMPT = 5;
  private static final int CODES_TO_RECIPIENT = 10;
  private static final Duration WINDOW = Duration.ofMinutes(15);
  private static final int TEXTS_TO_TYPED_NUMBERS = 5;

  /** So many that nobody who logs in needs them, and few enough to pay for. */
  private static final int TEXTS_TO_USER = 20;

  private static final Duration TEXTS_WINDOW = Duration.ofHours(1);

  @Inject SentCodes codes;
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
    int earlier = codes.of(attempt).size();
    if (earlier >= CODES_OF_ATTEMPT) {
      // Only the next attempt has codes again; who waits for this one's end begins that.
      throw new TooManyCodes(
          Duration.between(now, attempt.createdAt().plus(ChallengeTokens.LIFETIME)));
    }
    if (method == VerificationMethod.SMS) {
      requireFewTexts(user, TEXTS_TO_USER);
    }
    if (earlier > 0) {
      codes
          .last(user.companyId(), to, CODES_TO_RECIPIENT)
          .map(sent -> sent.plus(WINDOW))
          .filter(now::isBefore)
          .ifPresent(
              end -> {
                throw new TooManyCodes(Duration.between(now, end));
              });
    }
    byte[] mac = sent(user.companyId(), attempt.id(), method, to, user.locale());
    codes.add(new SentCode(attempt, Ids.next(now), method, to, mac, now));
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
    codes
        .lastText(user, most, now.minus(TEXTS_WINDOW))
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
                companies.get(companyId).name(),
                "code",
                code,
                "minutes",
                Long.toString(SentCode.LIFETIME.toMinutes()))));
    return vault.mac(PURPOSE, SentCode.message(id, method, code));
  }

  /** Whether that is the MAC of a code that was sent. */
  boolean isRight(UUID id, VerificationMethod method, String code, byte[] mac) {
    return vault.isMac(PURPOSE, SentCode.message(id, method, code), mac);
  }

  /** Where the newest code of that kind went, if the given one is it, and counts. */
  Optional<String> recipient(Attempt attempt, VerificationMethod method, String code) {
    return codes
        .newest(attempt, method)
        .filter(sent -> isRight(attempt.id(), method, code, sent.mac()))
        .filter(sent -> sent.counts(clock.instant()))
        .map(SentCode::recipient);
  }
}
