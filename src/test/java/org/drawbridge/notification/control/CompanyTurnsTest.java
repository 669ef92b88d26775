package org.drawbridge.notification.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.drawbridge.kernel.Language;
import org.drawbridge.kernel.OwnedId;
import org.drawbridge.notification.entity.Channel;
import org.drawbridge.notification.entity.NoticeText;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A company that has had messages leased")
class CompanyTurnsTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Channel MAIL = Channel.MAIL;
  private static final Duration SHORT = Duration.ofMillis(1);

  private final CompanyTurns turns = new CompanyTurns();
  private final UUID company = UUID.randomUUID();
  private final UUID other = UUID.randomUUID();

  @Test
  @DisplayName("is left out on that channel until the others have had their turn")
  void round() {
    assertThat(turns.served(MAIL, NOON)).isEmpty();
    turns.serve(MAIL, List.of(delivery(company), delivery(company)));
    assertThat(turns.served(MAIL, NOON)).containsExactly(company);
    assertThat(turns.served(Channel.WEBHOOK, NOON)).isEmpty();
    turns.serve(MAIL, List.of(delivery(other)));
    assertThat(turns.served(MAIL, NOON)).containsExactlyInAnyOrder(company, other);
    turns.end(MAIL, NOON, SHORT);
    assertThat(turns.served(MAIL, NOON)).isEmpty();
    turns.serve(MAIL, List.of(delivery(other)));
    assertThat(turns.served(MAIL, NOON)).containsExactly(other);
  }

  @Test
  @DisplayName("is not left out for a while where no other has waited")
  void alone() {
    turns.serve(MAIL, List.of(delivery(company)));
    turns.end(MAIL, NOON, SHORT);
    turns.serve(MAIL, List.of(delivery(company)));
    assertThat(turns.served(MAIL, NOON.plusMillis(999))).isEmpty();
    assertThat(turns.served(MAIL, NOON.plusSeconds(1))).containsExactly(company);
    turns.end(MAIL, NOON.plusSeconds(1), Duration.ofSeconds(1));
    turns.serve(MAIL, List.of(delivery(company)));
    assertThat(turns.served(MAIL, NOON.plusSeconds(50))).isEmpty();
    assertThat(turns.served(MAIL, NOON.plusSeconds(51))).containsExactly(company);
  }

  @Test
  @DisplayName("is one of a hundred at most")
  void bounded() {
    for (int i = 0; i < 100; i++) {
      turns.serve(MAIL, List.of(delivery(UUID.randomUUID())));
    }
    assertThat(turns.served(MAIL, NOON)).hasSize(100);
    turns.serve(MAIL, List.of(delivery(UUID.randomUUID())));
    assertThat(turns.served(MAIL, NOON)).isEmpty();
  }

  private static Delivery delivery(UUID company) {
    return new Delivery(
        new OwnedId(company, UUID.randomUUID()),
        MAIL,
        "enrolment",
        "ana@example.com",
        new Destination.Address("ana@example.com"),
        Language.EN,
        new NoticeText("", ""),
        NOON);
  }
}
