package org.drawbridge.registration.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A sign-up that waits for its code")
class SignUpTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final SignUp signUp =
      new SignUp(
          UUID.randomUUID(),
          UUID.randomUUID(),
          UUID.randomUUID(),
          "ana",
          new Person("ana", "ana@example.com", "Ana", "Berg", null),
          UUID.randomUUID(),
          new byte[32],
          new byte[32],
          NOON);

  @Test
  @DisplayName("takes tries for ten minutes")
  void expiry() {
    assertThatCode(() -> signUp.tried(NOON.plusSeconds(599))).doesNotThrowAnyException();
    assertThatThrownBy(() -> signUp.tried(NOON.plusSeconds(600)))
        .isInstanceOf(ConfirmationRefused.class);
  }

  @Test
  @DisplayName("takes five tries")
  void tries() {
    for (int i = 0; i < 5; i++) {
      signUp.tried(NOON);
    }
    assertThatThrownBy(() -> signUp.tried(NOON)).isInstanceOf(ConfirmationRefused.class);
  }

  @Test
  @DisplayName("takes none once it is finished")
  void finished() {
    signUp.finish(NOON);
    assertThatThrownBy(() -> signUp.tried(NOON)).isInstanceOf(ConfirmationRefused.class);
  }

  @Test
  @DisplayName("knows whom its codes went to, however the address is written")
  void recipients() {
    signUp.sentTo("ana@example.com", "+4930901820");
    assertThat(signUp.wasMailedTo("Ana@example.com")).isTrue();
    assertThat(signUp.wasMailedTo("ana@example.org")).isFalse();
    assertThat(signUp.wasTextedTo("+49 (30) 90-1820")).isTrue();
    assertThat(signUp.wasTextedTo("+49 30 901821")).isFalse();
    assertThat(signUp.wasTextedTo(null)).isFalse();
    signUp.sentTo("ana@example.com", null);
    assertThat(signUp.wasTextedTo("+49 30 901820")).isFalse();
    assertThat(signUp.wasTextedTo(null)).as("no number is nobody's").isFalse();
  }
}
