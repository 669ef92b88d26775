package org.drawbridge.auth0.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.drawbridge.access.DomainCaller;
import org.drawbridge.auth0.entity.TooManyPhoneMessages;
import org.drawbridge.kernel.Notice;
import org.drawbridge.kernel.PhoneNumber;
import org.drawbridge.problem.Malformed;
import org.drawbridge.user.control.Recipients;

/** Sends applications' own texts by SMS. */
@ApplicationScoped
public class DeliveringPhoneMessages {

  private static final String KIND = "phone-message";

  /** So many to one number in so long: a person who mistypes codes needs fewer. */
  private static final int MOST = 5;

  private static final Duration WITHIN = Duration.ofMinutes(10);

  @Inject AnsweredCalls calls;
  @Inject Recipients recipients;
  @Inject Event<Notice> notices;
  @Inject Clock clock;

  /**
   * To the number that the caller's token names: whoever got hold of a token can write to nobody
   * else.
   *
   * @throws TooManyPhoneMessages where the number got enough for now
   */
  public void deliver(DomainCaller caller, String text) {
    String number = caller.subject();
    if (!number.matches(PhoneNumber.PATTERN)) {
      throw new Malformed("The token's sub " + PhoneNumber.MESSAGE + ".");
    }
    if (!calls.noteFirst(caller, KIND)) {
      return;
    }
    if (calls.since(caller, KIND, clock.instant().minus(WITHIN)) > MOST) {
      throw new TooManyPhoneMessages(WITHIN);
    }
    notices.fire(
        new Notice(
            KIND, recipients.anybody(caller.companyId(), null, number), Map.of("text", text)));
  }
}
