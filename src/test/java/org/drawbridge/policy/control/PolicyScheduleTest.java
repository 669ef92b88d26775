package org.drawbridge.policy.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.drawbridge.account.entity.PolicyAction;
import org.drawbridge.policy.entity.Frequency;
import org.drawbridge.policy.entity.PolicyTerms;
import org.drawbridge.policy.entity.PolicyType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The times of a policy")
class PolicyScheduleTest {

  private static final Instant MONDAY = Instant.parse("2026-03-02T08:00:00Z");

  @Test
  @DisplayName("acts at its very anchor, at the beginning of its active time, and not at its end")
  void window() {
    PolicyTerms open = daily(null, null);
    assertThat(next(open, MONDAY.minusNanos(1))).contains(MONDAY);
    assertThat(next(open, MONDAY)).contains(day(1));
    PolicyTerms bounded = daily(day(2), day(4));
    assertThat(next(bounded, MONDAY.minusSeconds(1))).contains(day(2));
    assertThat(next(bounded, day(2))).contains(day(3));
    assertThat(next(bounded, day(3))).isEmpty();
  }

  @Test
  @DisplayName("tells of all that was missed the latest, in the active time")
  void missed() {
    assertThat(latest(daily(null, null), MONDAY, day(3).plusSeconds(1))).contains(day(3));
    assertThat(latest(daily(null, null), MONDAY, MONDAY)).contains(MONDAY);
    assertThat(latest(daily(null, null), day(1), day(2).minusSeconds(1))).contains(day(1));
    assertThat(latest(daily(null, day(2)), MONDAY, day(9))).contains(day(1));
    assertThat(latest(daily(day(5), null), MONDAY, day(4))).isEmpty();
    assertThat(latest(daily(day(5), null), MONDAY, day(5))).contains(day(5));
  }

  @Test
  @DisplayName("is empty for policies that do not act by time")
  void none() {
    PolicyTerms alert = terms(PolicyType.ALERT, null, null);
    assertThat(PolicySchedule.of(alert)).isEmpty();
    assertThat(next(alert, MONDAY)).isEmpty();
  }

  @Test
  @DisplayName("lists from a time on, and between two times")
  void lists() {
    PolicyTerms terms = daily(null, day(3));
    assertThat(PolicySchedule.from(terms, MONDAY, 10))
        .extracting(Occurrence::at)
        .containsExactly(MONDAY, day(1), day(2));
    assertThat(PolicySchedule.from(terms, MONDAY.plusNanos(1), 1))
        .extracting(Occurrence::at)
        .containsExactly(day(1));
    assertThat(PolicySchedule.between(terms, day(1), day(2)))
        .extracting(Occurrence::at)
        .isEqualTo(List.of(day(1)));
  }

  private static Instant day(int days) {
    return MONDAY.plusSeconds(86_400L * days);
  }

  private static Optional<Instant> next(PolicyTerms terms, Instant after) {
    return PolicySchedule.next(terms, after).map(Occurrence::at);
  }

  private static Optional<Instant> latest(PolicyTerms terms, Instant first, Instant now) {
    return PolicySchedule.latest(terms, first, now).map(Occurrence::at);
  }

  private static PolicyTerms daily(@Nullable Instant active, @Nullable Instant end) {
    return terms(PolicyType.SCHEDULED, active, end);
  }

  private static PolicyTerms terms(
      PolicyType type, @Nullable Instant active, @Nullable Instant end) {
    return new PolicyTerms(
        "test",
        null,
        type,
        PolicyAction.LOCK,
        PolicyAction.LOCK,
        null,
        true,
        1,
        null,
        Frequency.DAILY,
        null,
        MONDAY,
        "UTC",
        active,
        end,
        null);
  }
}
