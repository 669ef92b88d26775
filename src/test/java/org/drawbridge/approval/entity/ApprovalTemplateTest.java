package org.drawbridge.approval.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.drawbridge.problem.Impossible;
import org.drawbridge.problem.MemberError;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A template of approval requests")
class ApprovalTemplateTest {

  private final ApprovalTemplate template =
      new ApprovalTemplate(UUID.randomUUID(), UUID.randomUUID(), "transfer", Instant.EPOCH);

  private void say(String text, Map<String, String> defaults) {
    template.say("Transfer", text, defaults, false, 1, Set.of(), Set.of());
  }

  @Test
  @DisplayName("is filled in with what a request gives, or else with its defaults")
  void filled() {
    say("Pay ${amount} to ${payee}, ${amount}", Map.of("payee", "Acme"));
    assertThat(template.filled(Map.of("amount", "5"))).isEqualTo("Pay 5 to Acme, 5");
    assertThat(template.filled(Map.of("amount", "5", "payee", "Bo"))).isEqualTo("Pay 5 to Bo, 5");
  }

  @Test
  @DisplayName("takes a value as it is, whatever it looks like")
  void hostile() {
    say("Pay ${amount} to ${payee}", Map.of());
    assertThat(template.filled(Map.of("amount", "${payee} $1 \\", "payee", "<b>")))
        .isEqualTo("Pay ${payee} $1 \\ to <b>");
  }

  @Test
  @DisplayName("names each value that is missing, and each that has no place")
  void wrong() {
    say("Pay ${amount} to ${payee}", Map.of());
    assertThatThrownBy(() -> template.filled(Map.of()))
        .isInstanceOfSatisfying(
            Impossible.class,
            e ->
                assertThat(e.errors())
                    .extracting(MemberError::pointer)
                    .containsExactly("/metaData/amount", "/metaData/payee"));
    assertThatThrownBy(
            () -> template.filled(Map.of("amount", "5", "payee", "Bo", "a/b", "x", "note", "y")))
        .isInstanceOfSatisfying(
            Impossible.class,
            e ->
                assertThat(e.errors())
                    .extracting(MemberError::pointer)
                    .containsExactly("/metaData/a~1b", "/metaData/note"));
    assertThatThrownBy(() -> say("Pay", Map.of("amount", "5"))).isInstanceOf(Impossible.class);
  }
}
