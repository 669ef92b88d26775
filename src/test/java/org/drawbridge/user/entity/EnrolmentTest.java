package org.drawbridge.user.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.drawbridge.kernel.OwnedSecret;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An invitation to make a passkey")
class EnrolmentTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final OwnedSecret secret =
      new OwnedSecret(UUID.randomUUID(), UUID.randomUUID(), new byte[32]);
  private final Enrolment enrolment = new Enrolment(secret, UUID.randomUUID(), true, NOON);

  @Test
  @DisplayName("counts for a day, and says that it has expired")
  void expiry() {
    Instant end = NOON.plus(Duration.ofHours(24));
    assertThatCode(() -> enrolment.requireOpen(end.minusSeconds(1))).doesNotThrowAnyException();
    assertThatThrownBy(() -> enrolment.use(end))
        .isInstanceOfSatisfying(
            EnrolmentClosed.class, e -> assertThat(e.type()).isEqualTo("enrolment-expired"));
  }

  @Test
  @DisplayName("counts once, and says that it was used")
  void used() {
    enrolment.use(NOON);
    assertThatThrownBy(() -> enrolment.use(NOON))
        .isInstanceOfSatisfying(
            EnrolmentClosed.class, e -> assertThat(e.type()).isEqualTo("enrolment-used"));
  }

  @Test
  @DisplayName("is opened by its secret alone")
  void secret() {
    assertThat(enrolment.isOpenedBy(secret.hash())).isTrue();
    assertThat(enrolment.isOpenedBy(new byte[32])).isFalse();
  }
}
