package org.drawbridge.policy.control;

import static org.drawbridge.kernel.SqlValues.instant;
import static org.drawbridge.kernel.SqlValues.time;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.drawbridge.account.entity.LockCause;
import org.drawbridge.account.entity.LockState;
import org.drawbridge.account.entity.PolicyAction;
import org.drawbridge.account.entity.RelockRule;
import org.drawbridge.kernel.Ids;
import org.drawbridge.kernel.SqlValues;
import org.jspecify.annotations.Nullable;

/**
 * The SQL of what policies of a company hold, for many accounts at once: ids go to the database as
 * arrays, in the same words on PostgreSQL and H2.
 */
final class HoldStatements {

  private static final String HOLD_ACCOUNTS =
      """
      select a.id, a.locked, a.unlocked_at, a.unlock_expiry, a.policy_effect,
             a.auto_relock_allowed, a.user_id
      from accounts a
      where a.company_id = ?
        and a.id in (select i.id from unnest(cast(? as uuid array)) as i (id))
      order by a.id for update
      """;

  private static final String HOLDS =
      """
      select h.account_id, h.policy_id, h.effect from policy_holds h
      where h.company_id = ?
        and h.account_id in (select i.id from unnest(cast(? as uuid array)) as i (id))
      """;

  private static final String MINUTES =
      """
      select u.id, u.auto_lock_minutes from users u
      where u.company_id = ? and u.auto_lock_minutes > 0
        and u.id in (select i.id from unnest(cast(? as uuid array)) as i (id))
      """;

  private static final String REMOVE_HOLDS =
      """
      merge into policy_holds h
      using (
        select c.policy_id, c.account_id
        from unnest(cast(? as uuid array), cast(? as uuid array)) as c (policy_id, account_id)) c
      on (h.company_id = ? and h.policy_id = c.policy_id and h.account_id = c.account_id)
      when matched then delete
      """;

  private static final String ADD_HOLDS =
      """
      insert into policy_holds (company_id, policy_id, account_id, effect, held_since)
      select cast(? as uuid), i.policy_id, i.account_id, i.effect,
             cast(? as timestamp(6) with time zone)
      from unnest(cast(? as uuid array), cast(? as uuid array), cast(? as varchar array))
        as i (policy_id, account_id, effect)
      """;

  private static final String CHANGE_ACCOUNTS =
      """
      merge into accounts a
      using (
        select c.id, c.effect, c.unlocks
        from unnest(cast(? as uuid array), cast(? as varchar array), cast(? as boolean array))
          as c (id, effect, unlocks)) c
      on (a.company_id = ? and a.id = c.id)
      when matched then update set
        policy_effect = c.effect,
        locked = case when c.unlocks then false else a.locked end,
        unlocked_at = case when c.unlocks then cast(? as timestamp(6) with time zone)
                      else a.unlocked_at end,
        unlock_expiry = case when c.unlocks then null else a.unlock_expiry end,
        locked_by_check = case when c.unlocks then null else a.locked_by_check end,
        version = a.version + 1
      """;

  private static final String ADD_LOCK_CHANGES =
      """
      insert into lock_changes
        (company_id, id, account_id, locked, cause, actor, reason, changed_at)
      select p.company_id, i.id, i.account_id, i.locked, cast(? as varchar), cast(? as varchar),
             'policy ' || p.policy_name, cast(? as timestamp(6) with time zone)
      from unnest(cast(? as uuid array), cast(? as uuid array), cast(? as uuid array),
                  cast(? as boolean array)) as i (id, policy_id, account_id, locked)
      join policies p on p.company_id = ? and p.id = i.policy_id
      """;

  private static final String ADD_ACTIVITIES =
      """
      insert into activities (company_id, id, occurred_at, type, subject_id, actor, details)
      select cast(? as uuid), i.id, cast(? as timestamp(6) with time zone),
             case when i.locked then 'account-locked' else 'account-unlocked' end,
             i.account_id, cast(? as varchar),
             '{"cause":"' || cast(? as varchar) || '","policy":"'
               || cast(i.policy_id as varchar) || '"}'
      from unnest(cast(? as uuid array), cast(? as uuid array), cast(? as uuid array),
                  cast(? as boolean array)) as i (id, policy_id, account_id, locked)
      """;

  private final Connection connection;
  private final UUID companyId;

  HoldStatements(Connection connection, UUID companyId) {
    this.connection = connection;
    this.companyId = companyId;
  }

  /**
   * Takes the accounts' rows until the transaction ends, in the order of their ids.
   *
   * @param policies the policy that acts on each account
   */
  List<HeldAccount> hold(Map<UUID, UUID> policies) throws SQLException {
    if (policies.isEmpty()) {
      return List.of();
    }
    Array ids = array("uuid", policies.keySet(), id -> id);
    record Row(
        UUID id,
        LockState state,
        @Nullable PolicyAction effect,
        boolean relocks,
        @Nullable UUID owner) {}
    List<Row> rows = new ArrayList<>();
    try (PreparedStatement select = prepared(HOLD_ACCOUNTS, companyId, ids);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        PolicyAction effect = action(row.getString(5));
        LockState state =
            new LockState(
                row.getBoolean(2),
                Objects.requireNonNull(instant(row, 3)),
                instant(row, 4),
                effect != null);
        rows.add(
            new Row(
                row.getObject(1, UUID.class),
                state,
                effect,
                row.getBoolean(6),
                row.getObject(7, UUID.class)));
      }
    }
    Map<UUID, PolicyAction> own = new HashMap<>();
    Map<UUID, List<PolicyAction>> others = new HashMap<>();
    readHolds(ids, policies, own, others);
    Set<UUID> owners = new HashSet<>();
    rows.stream().map(Row::owner).filter(Objects::nonNull).forEach(owners::add);
    Map<UUID, Integer> minutes = minutes(owners);
    return rows.stream()
        .map(
            row ->
                new HeldAccount(
                    row.id(),
                    policyOf(policies, row.id()),
                    row.state(),
                    new RelockRule(minutes.getOrDefault(row.owner(), 0), false, false)
                        .where(row.relocks()),
                    row.effect(),
                    own.get(row.id()),
                    others.getOrDefault(row.id(), List.of())))
        .toList();
  }

  private static UUID policyOf(Map<UUID, UUID> policies, UUID account) {
    return Objects.requireNonNull(policies.get(account));
  }

  private void readHolds(
      Array ids,
      Map<UUID, UUID> policies,
      Map<UUID, PolicyAction> own,
      Map<UUID, List<PolicyAction>> others)
      throws SQLException {
    try (PreparedStatement select = prepared(HOLDS, companyId, ids);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        UUID account = row.getObject(1, UUID.class);
        PolicyAction effect = PolicyAction.valueOf(row.getString(3));
        if (policyOf(policies, account).equals(row.getObject(2, UUID.class))) {
          own.put(account, effect);
        } else {
          others.computeIfAbsent(account, id -> new ArrayList<>()).add(effect);
        }
      }
    }
  }

  private Map<UUID, Integer> minutes(Set<UUID> owners) throws SQLException {
    Map<UUID, Integer> minutes = new HashMap<>();
    if (owners.isEmpty()) {
      return minutes;
    }
    try (PreparedStatement select = prepared(MINUTES, companyId, array("uuid", owners, id -> id));
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        minutes.put(row.getObject(1, UUID.class), row.getInt(2));
      }
    }
    return minutes;
  }

  /** Writes what has changed, with a lock change and an entry of the activity log for each. */
  void write(List<HoldChange> changes, LockCause cause, String actor, Instant now)
      throws SQLException {
    if (changes.isEmpty()) {
      return;
    }
    List<HoldChange> held = changes.stream().filter(HoldChange::wasHeld).toList();
    if (!held.isEmpty()) {
      execute(
          REMOVE_HOLDS,
          array("uuid", held, HoldChange::policyId),
          array("uuid", held, HoldChange::accountId),
          companyId);
    }
    List<HoldChange> holding = changes.stream().filter(c -> c.hold() != null).toList();
    if (!holding.isEmpty()) {
      execute(
          ADD_HOLDS,
          companyId,
          time(now),
          array("uuid", holding, HoldChange::policyId),
          array("uuid", holding, HoldChange::accountId),
          array("varchar", holding, c -> String.valueOf(c.hold())));
    }
    execute(
        CHANGE_ACCOUNTS,
        array("uuid", changes, HoldChange::accountId),
        array("varchar", changes, c -> c.effect() == null ? null : c.effect().name()),
        array("boolean", changes, HoldChange::unlocks),
        companyId,
        time(now));
    tell(changes.stream().filter(HoldChange::told).toList(), cause, actor, now);
  }

  private void tell(List<HoldChange> told, LockCause cause, String actor, Instant now)
      throws SQLException {
    if (told.isEmpty()) {
      return;
    }
    Array policies = array("uuid", told, HoldChange::policyId);
    Array accounts = array("uuid", told, HoldChange::accountId);
    Array locked = array("boolean", told, HoldChange::locked);
    execute(
        ADD_LOCK_CHANGES,
        cause.name(),
        actor,
        time(now),
        array("uuid", told, c -> Ids.next(now)),
        policies,
        accounts,
        locked,
        companyId);
    execute(
        ADD_ACTIVITIES,
        companyId,
        time(now),
        actor,
        cause.name(),
        array("uuid", told, c -> Ids.next(now)),
        policies,
        accounts,
        locked);
  }

  private static @Nullable PolicyAction action(@Nullable String name) {
    return name == null ? null : PolicyAction.valueOf(name);
  }

  private void execute(String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = prepared(sql, parameters)) {
      statement.executeUpdate();
    }
  }

  private PreparedStatement prepared(String sql, Object... parameters) throws SQLException {
    return SqlValues.prepared(connection, sql, parameters);
  }

  private <T> Array array(String type, Collection<T> elements, Function<T, @Nullable Object> member)
      throws SQLException {
    return SqlValues.array(connection, type, elements, member);
  }
}
