package org.drawbridge.challenge.entity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Who tracks an attempt again")
class AttemptStateTest {

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "ALLOW, ALLOW",
    "BLOCK, BLOCK",
    "CHALLENGE_REQUIRED, CHALLENGE_REQUIRED",
    "CHALLENGE_SUCCEEDED, ALLOW",
    "CHALLENGE_FAILED, BLOCK",
    "REVIEW_REQUIRED, BLOCK",
    "REVIEW_SUCCEEDED, ALLOW",
    "REVIEW_FAILED, BLOCK"
  })
  @DisplayName("is told a decision, by how it stands")
  void decision(AttemptState state, AttemptState decision) {
    assertThat(state.tracked()).isEqualTo(decision);
  }
}
