package org.drawbridge.notification.control;

import com.interaso.webpush.VapidKeys;
import com.interaso.webpush.WebPush;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.json.spi.JsonProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.drawbridge.kernel.OutboundHttp;
import org.drawbridge.kernel.OutboundHttp.Answer;
import org.drawbridge.kernel.OwnedId;
import org.drawbridge.kernel.Settings;
import org.drawbridge.notification.entity.PushSubscription;
import org.drawbridge.notification.entity.SubscriptionEnded;

/**
 * Has a person's browsers show a notice, by Web Push (RFC 8030), encrypted for each of them (RFC
 * 8291) and in the company's name (RFC 8292). It counts as sent once one push service takes it.
 */
@ApplicationScoped
public class PushCalls implements Line {

  private static final JsonProvider JSON = JsonProvider.provider();

  /** How long a push service keeps it for a browser that is off: a login waits for minutes. */
  private static final Duration KEPT = Duration.ofMinutes(10);

  private static final Duration APPROVAL_KEPT = Duration.ofDays(1);

  /** After that no further browser is called: a call takes 10 seconds, and a try 80 at most. */
  private static final Duration ONE_TRY = Duration.ofSeconds(70);

  private static final int NOT_FOUND = 404;
  private static final int GONE = 410;

  @Inject OutboundHttp http;
  @Inject Clock clock;
  @Inject Event<SubscriptionEnded> ended;

  private final String contact = "mailto:" + Settings.current().mailFrom();
  private final String page = Settings.current().publicUrl() + "/requests/";

  @Override
  public void send(Delivery delivery) throws DeliveryFailed {
    Destination.Browsers browsers = (Destination.Browsers) delivery.destination();
    String why = "";
    boolean isTaken = false;
    Instant end = clock.instant().plus(ONE_TRY);
    for (PushSubscription browser : browsers.subscriptions()) {
      if (clock.instant().isAfter(end)) {
        break;
      }
      try {
        int status = push(browsers.keys(), browser, delivery);
        if (status == NOT_FOUND || status == GONE) {
          ended.fire(new SubscriptionEnded(new OwnedId(browser.companyId(), browser.id())));
        }
        isTaken |= status / 100 == 2;
        why = "The push service answered " + status;
      } catch (IOException e) {
        why = "The push service cannot be reached: " + e.getMessage();
      }
    }
    if (!isTaken) {
      throw new DeliveryFailed(why);
    }
  }

  private int push(VapidKeys keys, PushSubscription browser, Delivery delivery) throws IOException {
    WebPush push = new WebPush(contact, keys);
    Duration kept = delivery.kind().equals("approval-request") ? APPROVAL_KEPT : KEPT;
    Answer answer =
        http.post(
            browser.endpoint(),
            push.getHeaders(
                browser.endpoint().toString(), (int) kept.toSeconds(), null, WebPush.Urgency.High),
            push.getBody(payload(delivery), browser.p256dh(), browser.auth()));
    return answer.status();
  }

  /** What {@code requests/worker.js} reads. */
  private byte[] payload(Delivery delivery) {
    return JSON.createObjectBuilder()
        .add("title", delivery.text().subject())
        .add("body", delivery.text().body())
        .add("language", delivery.language().tag())
        .add("page", page)
        // The same at each try, so that the browser shows it once.
        .add("id", delivery.key().id().toString())
        .build()
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }
}
