package org.drawbridge.policy.control;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.drawbridge.policy.entity.Effect;
import org.drawbridge.policy.entity.PolicyExecution;
import org.jspecify.annotations.Nullable;

/** Executions of one company that may be carried out in one transaction; at least one. */
public record ExecutionBatch(UUID companyId, List<UUID> ids) {

  static final int MOST = 200;

  /**
   * What executions have in common that go together.
   *
   * @param alone the id of one that goes with no other
   */
  private record Alike(
      UUID companyId, Instant dueAt, Effect effect, String actor, @Nullable UUID alone) {

    static Alike of(PolicyExecution execution) {
      boolean isWhole = execution.groupId() == null && execution.doneTo() == null;
      return new Alike(
          execution.companyId(),
          execution.dueAt(),
          execution.effect(),
          execution.actor(),
          isWhole && execution.effect().action() != null ? null : execution.id());
    }
  }

  static ExecutionBatch of(PolicyExecution execution) {
    return new ExecutionBatch(execution.companyId(), List.of(execution.id()));
  }

  /**
   * In the order of time, one batch of each company and then another. Together go those of one
   * company that were due at the same time, do the same for the same actor, and have not begun:
   * what has is more than a chunk.
   *
   * @param executions of each company in the order of time
   */
  static List<ExecutionBatch> of(Collection<PolicyExecution> executions) {
    Map<Alike, List<UUID>> alike =
        executions.stream()
            .collect(
                groupingBy(Alike::of, LinkedHashMap::new, mapping(PolicyExecution::id, toList())));
    List<ExecutionBatch> batches = new ArrayList<>();
    alike.forEach(
        (key, ids) -> {
          for (int from = 0; from < ids.size(); from += MOST) {
            int to = Math.min(from + MOST, ids.size());
            batches.add(new ExecutionBatch(key.companyId(), ids.subList(from, to)));
          }
        });
    return inTurns(batches);
  }

  private static List<ExecutionBatch> inTurns(List<ExecutionBatch> batches) {
    Map<UUID, Integer> turns = new HashMap<>();
    SortedMap<Integer, List<ExecutionBatch>> rounds = new TreeMap<>();
    for (ExecutionBatch batch : batches) {
      int turn = turns.merge(batch.companyId(), 1, Integer::sum);
      rounds.computeIfAbsent(turn, first -> new ArrayList<>()).add(batch);
    }
    return rounds.values().stream().flatMap(List::stream).toList();
  }

  public boolean isOne() {
    return ids.size() == 1;
  }

  /** Two parts of about the same size, of more than one. */
  public List<ExecutionBatch> halves() {
    int half = ids.size() / 2;
    return List.of(
        new ExecutionBatch(companyId, ids.subList(0, half)),
        new ExecutionBatch(companyId, ids.subList(half, ids.size())));
  }
}
