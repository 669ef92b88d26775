package org.drawbridge.notification.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.drawbridge.kernel.Language;
import org.drawbridge.kernel.OwnedId;
import org.drawbridge.notification.entity.Channel;
import org.drawbridge.notification.entity.NoticeText;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A recipient")
class SlowRecipientsTest {

  private static final Duration QUICK = Duration.ofSeconds(1);
  private static final Duration LONG = QUICK.plusMillis(1);

  private final SlowRecipients recipients = new SlowRecipients();

  private static Delivery to(String recipient, Channel channel) {
    return new Delivery(
        new OwnedId(new UUID(0, 1), UUID.randomUUID()),
        channel,
        "user-added",
        recipient,
        new Destination.Address(recipient),
        Language.EN,
        new NoticeText("", "{}"),
        Instant.MAX);
  }

  private static Delivery to(String recipient) {
    return to(recipient, Channel.WEBHOOK);
  }

  private void took(String recipient, Duration time) {
    assertThat(recipients.begin(to(recipient))).isTrue();
    recipients.end(to(recipient), time);
  }

  @Test
  @DisplayName("that nothing is known of is tried by one thread at a time, others at the same time")
  void unknown() {
    assertThat(recipients.begin(to("a"))).isTrue();
    assertThat(recipients.begin(to("a"))).isFalse();
    assertThat(recipients.leftOut(Channel.WEBHOOK)).containsExactly("a");
    assertThat(recipients.begin(to("b"))).isTrue();
    assertThat(recipients.leftOut(Channel.PUSH)).isEmpty();
  }

  @Test
  @DisplayName("that was quick is tried by as many threads as there are")
  void quick() {
    took("a", QUICK);
    assertThat(recipients.begin(to("a"))).isTrue();
    assertThat(recipients.begin(to("a"))).isTrue();
    assertThat(recipients.leftOut(Channel.WEBHOOK)).isEmpty();
    assertThat(recipients.number(Channel.WEBHOOK)).isZero();
  }

  @Test
  @DisplayName("that took long is left out, and has its turns, in nobody else's hands")
  void slow() {
    took("a", LONG);
    took("b", LONG);
    assertThat(recipients.isSlow(to("a"))).isTrue();
    assertThat(recipients.begin(to("a"))).isFalse();
    assertThat(recipients.leftOut(Channel.WEBHOOK)).containsExactlyInAnyOrder("a", "b");
    assertThat(recipients.next(Channel.WEBHOOK)).isEqualTo("a");
    assertThat(recipients.next(Channel.WEBHOOK)).isEqualTo("b");
    assertThat(recipients.next(Channel.WEBHOOK)).isNull();
    recipients.end(to("a"), LONG);
    recipients.returned(Channel.WEBHOOK, "a");
    assertThat(recipients.next(Channel.WEBHOOK)).isEqualTo("a");
  }

  @Test
  @DisplayName("is slow no longer once it was quick in its turn")
  void recovered() {
    took("a", LONG);
    assertThat(recipients.next(Channel.WEBHOOK)).isEqualTo("a");
    recipients.end(to("a"), QUICK);
    recipients.returned(Channel.WEBHOOK, "a");
    assertThat(recipients.next(Channel.WEBHOOK)).isNull();
    assertThat(recipients.begin(to("a"))).isTrue();
  }

  @Test
  @DisplayName("of mail or SMS is never slow: all of them have the operator's one gateway")
  void oneGateway() {
    for (Channel channel : new Channel[] {Channel.MAIL, Channel.SMS}) {
      assertThat(recipients.begin(to("a", channel))).isTrue();
      recipients.end(to("a", channel), LONG);
      assertThat(recipients.begin(to("a", channel))).isTrue();
      assertThat(recipients.leftOut(channel)).isEmpty();
    }
  }
}
