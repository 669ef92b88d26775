package org.drawbridge.policy.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.drawbridge.account.entity.PolicyAction;
import org.drawbridge.policy.entity.Effect;
import org.drawbridge.policy.entity.Policy;
import org.drawbridge.policy.entity.PolicyExecution;
import org.drawbridge.policy.entity.PolicyTerms;
import org.drawbridge.policy.entity.PolicyType;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Executions that are carried out together")
class ExecutionBatchTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final UUID COMPANY = UUID.randomUUID();
  private static final PolicyTerms TERMS =
      new PolicyTerms(
          "Night",
          null,
          PolicyType.ALERT,
          null,
          PolicyAction.LOCK,
          null,
          true,
          1,
          null,
          null,
          null,
          null,
          "UTC",
          null,
          null,
          null);

  @Test
  @DisplayName("are of one company, due at the same time, and do the same for the same actor")
  void alike() {
    PolicyExecution first = execution(COMPANY, Effect.LOCK, "timer", NOON);
    PolicyExecution foreign = execution(UUID.randomUUID(), Effect.LOCK, "timer", NOON);
    PolicyExecution second = execution(COMPANY, Effect.LOCK, "timer", NOON);
    PolicyExecution other = execution(COMPANY, Effect.UNLOCK, "timer", NOON);
    PolicyExecution asked = execution(COMPANY, Effect.LOCK, "api-key:a", NOON);
    PolicyExecution later = execution(COMPANY, Effect.LOCK, "timer", NOON.plusSeconds(1));
    assertThat(batches(first, foreign, second, other, asked, later))
        .containsExactly(ids(first, second), ids(foreign), ids(other), ids(asked), ids(later));
  }

  @Test
  @DisplayName("have not begun, and are no release, no round, and not for one group")
  void alone() {
    PolicyExecution begun = execution(COMPANY, Effect.LOCK, "timer", NOON);
    begun.chunkDone(UUID.randomUUID(), 1);
    PolicyExecution group =
        execution(COMPANY, Effect.LOCK, "timer", NOON).onlyGroup(UUID.randomUUID());
    List<PolicyExecution> all =
        Stream.of(
                Stream.of(begun, group),
                twice(Effect.LOCK),
                twice(Effect.RELEASE),
                twice(Effect.APPROVAL_ROUND))
            .flatMap(each -> each)
            .toList();
    assertThat(ExecutionBatch.of(all))
        .extracting(batch -> batch.ids().size())
        .containsExactly(1, 1, 2, 1, 1, 1, 1);
  }

  @Test
  @DisplayName("take turns with those of other companies")
  void turns() {
    UUID other = UUID.randomUUID();
    PolicyExecution first = execution(COMPANY, Effect.LOCK, "timer", NOON);
    PolicyExecution second = execution(COMPANY, Effect.LOCK, "timer", NOON.plusSeconds(1));
    PolicyExecution third = execution(COMPANY, Effect.LOCK, "timer", NOON.plusSeconds(2));
    PolicyExecution foreign = execution(other, Effect.LOCK, "timer", NOON.plusSeconds(3));
    PolicyExecution later = execution(other, Effect.LOCK, "timer", NOON.plusSeconds(4));
    assertThat(batches(first, second, third, foreign, later))
        .containsExactly(ids(first), ids(foreign), ids(second), ids(later), ids(third));
  }

  @Test
  @DisplayName("are not too many, and can be halved down to one")
  void bounded() {
    List<PolicyExecution> many =
        IntStream.range(0, ExecutionBatch.MOST + 1)
            .mapToObj(i -> execution(COMPANY, Effect.LOCK, "timer", NOON))
            .toList();
    List<ExecutionBatch> batches = ExecutionBatch.of(many);
    assertThat(batches)
        .extracting(batch -> batch.ids().size())
        .containsExactly(ExecutionBatch.MOST, 1);
    assertThat(batches.get(1).isOne()).isTrue();
    ExecutionBatch three = ExecutionBatch.of(many.subList(0, 3)).get(0);
    assertThat(three.isOne()).isFalse();
    assertThat(three.halves()).extracting(batch -> batch.ids().size()).containsExactly(1, 2);
    assertThat(three.halves().stream().flatMap(batch -> batch.ids().stream()).toList())
        .isEqualTo(three.ids());
  }

  private static List<List<UUID>> batches(PolicyExecution... executions) {
    return ExecutionBatch.of(List.of(executions)).stream().map(ExecutionBatch::ids).toList();
  }

  private static List<UUID> ids(PolicyExecution... executions) {
    return Stream.of(executions).map(PolicyExecution::id).toList();
  }

  private static Stream<PolicyExecution> twice(Effect effect) {
    return Stream.of(
        execution(COMPANY, effect, "timer", NOON), execution(COMPANY, effect, "timer", NOON));
  }

  private static PolicyExecution execution(UUID company, Effect effect, String actor, Instant due) {
    Policy policy = new Policy(company, UUID.randomUUID(), "key", TERMS, NOON);
    return new PolicyExecution(policy, UUID.randomUUID(), "once", effect, actor, due, due);
  }
}
