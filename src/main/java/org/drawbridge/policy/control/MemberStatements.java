package org.drawbridge.policy.control;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.drawbridge.kernel.SqlValues;
import org.drawbridge.policy.entity.Policy;
import org.jspecify.annotations.Nullable;

/**
 * Which accounts one policy is for, and which it holds, chunk by chunk in the order of their ids;
 * and which several policies are for, where those are few; and which policies ask approvers.
 */
final class MemberStatements {

  /** As both databases order ids; Java's own order is another. */
  private static final Comparator<UUID> BY_ID =
      (a, b) -> {
        int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
        return high != 0
            ? high
            : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
      };

  private static final UUID LEAST = new UUID(0, 0);

  private static final String MEMBERS =
      """
      select account_id from policy_members
      where company_id = ? and policy_id = ? and account_id > ?
      order by account_id fetch first %d rows only
      """;

  private static final String GROUPS =
      "select group_id from policy_group_members where company_id = ? and policy_id = ?";

  private static final String MEMBERS_OF_GROUP =
      """
      select account_id from account_group_members
      where company_id = ? and group_id = ? and account_id > ?
      order by account_id fetch first %d rows only
      """;

  private static final String MEMBERS_OF_ALL =
      """
      select m.account_id, m.policy_id from unnest(cast(? as uuid array)) as p (id)
      join policy_members m on m.company_id = ? and m.policy_id = p.id
      fetch first %d rows only
      """;

  private static final String GROUP_MEMBERS_OF_ALL =
      """
      select m.account_id, g.policy_id from unnest(cast(? as uuid array)) as p (id)
      join policy_group_members g on g.company_id = ? and g.policy_id = p.id
      join account_group_members m on m.company_id = g.company_id and m.group_id = g.group_id
      fetch first %d rows only
      """;

  private static final String THROUGH_GROUPS =
      """
      (select a.company_id, a.account_id, g.policy_id from account_group_members a
       join policy_group_members g on g.company_id = a.company_id and g.group_id = a.group_id)
      """;

  private static final String ASKING_APPROVERS =
      """
      select m.account_id, m.policy_id from %s m
      join policies p on p.company_id = m.company_id and p.id = m.policy_id
      where m.company_id = ?
        and m.account_id in (select i.id from unnest(cast(? as uuid array)) as i (id))
        and p.policy_type = 'MULTI_APPROVAL' and p.deleted_at is null
        and (p.active_date is null or p.active_date <= ?)
        and (p.end_date is null or p.end_date > ?)
      """;

  private static final String HELD =
      """
      select account_id from policy_holds
      where company_id = ? and policy_id = ? and account_id > ?
      order by account_id fetch first %d rows only
      """;

  private static final String WITHOUT_MEMBERS =
      """
      select i.id from unnest(cast(? as uuid array)) as i (id)
      where not exists (
        select 1 from policy_members m
        where m.company_id = ? and m.policy_id = ? and m.account_id = i.id)
      and not exists (
        select 1 from policy_group_members g
        join account_group_members m on m.company_id = g.company_id and m.group_id = g.group_id
        where g.company_id = ? and g.policy_id = ? and m.account_id = i.id)
      """;

  private final Connection connection;
  private final Policy policy;

  MemberStatements(Connection connection, Policy policy) {
    this.connection = connection;
    this.policy = policy;
  }

  /**
   * The next accounts that the policy is for, by id.
   *
   * @param group null for all members, whether by themselves or through groups
   */
  List<UUID> members(@Nullable UUID group, @Nullable UUID after, int most) throws SQLException {
    UUID from = after == null ? LEAST : after;
    Set<UUID> members = new TreeSet<>(BY_ID);
    List<UUID> groups = new ArrayList<>();
    if (group != null) {
      groups.add(group);
    } else {
      members.addAll(ids(MEMBERS.formatted(most), policy.companyId(), policy.id(), from));
      groups.addAll(ids(GROUPS, policy.companyId(), policy.id()));
    }
    for (UUID each : groups) {
      members.addAll(ids(MEMBERS_OF_GROUP.formatted(most), policy.companyId(), each, from));
    }
    return members.stream().limit(most).toList();
  }

  /**
   * The policy of each account that one of the policies is for; empty where so many are not all, or
   * where an account is in two of them.
   */
  static Optional<Map<UUID, UUID>> ofAll(
      Connection connection, UUID companyId, Collection<UUID> policies, int most)
      throws SQLException {
    Array ids = SqlValues.array(connection, "uuid", policies, id -> id);
    Map<UUID, UUID> members = new HashMap<>();
    for (String sql : List.of(MEMBERS_OF_ALL, GROUP_MEMBERS_OF_ALL)) {
      try (PreparedStatement select =
              SqlValues.prepared(connection, sql.formatted(most), ids, companyId);
          ResultSet row = select.executeQuery()) {
        int rows = 0;
        while (row.next()) {
          UUID policy = row.getObject(2, UUID.class);
          UUID before = members.put(row.getObject(1, UUID.class), policy);
          if (++rows == most || (before != null && !before.equals(policy))) {
            return Optional.empty();
          }
        }
      }
    }
    return Optional.of(members).filter(found -> found.size() < most);
  }

  /**
   * Those accounts whose unlock needs the approvers of another policy.
   *
   * @param policies the policy that acts on each account
   */
  static Set<UUID> keptByApprovers(
      Connection connection, UUID companyId, Map<UUID, UUID> policies, Instant now)
      throws SQLException {
    Array accounts = SqlValues.array(connection, "uuid", policies.keySet(), id -> id);
    Set<UUID> kept = new HashSet<>();
    for (String memberships : List.of("policy_members", THROUGH_GROUPS)) {
      try (PreparedStatement select =
              SqlValues.prepared(
                  connection,
                  ASKING_APPROVERS.formatted(memberships),
                  companyId,
                  accounts,
                  SqlValues.time(now),
                  SqlValues.time(now));
          ResultSet row = select.executeQuery()) {
        while (row.next()) {
          UUID account = row.getObject(1, UUID.class);
          if (!row.getObject(2, UUID.class).equals(policies.get(account))) {
            kept.add(account);
          }
        }
      }
    }
    return kept;
  }

  /** The next accounts that the policy holds, by id. */
  List<UUID> held(@Nullable UUID after, int most) throws SQLException {
    return ids(
        HELD.formatted(most), policy.companyId(), policy.id(), after == null ? LEAST : after);
  }

  /** Those of the accounts that the policy is not for. */
  List<UUID> withoutMembers(Collection<UUID> accounts) throws SQLException {
    return ids(
        WITHOUT_MEMBERS,
        SqlValues.array(connection, "uuid", accounts, id -> id),
        policy.companyId(),
        policy.id(),
        policy.companyId(),
        policy.id());
  }

  private List<UUID> ids(String sql, Object... parameters) throws SQLException {
    List<UUID> ids = new ArrayList<>();
    try (PreparedStatement select = SqlValues.prepared(connection, sql, parameters);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        ids.add(row.getObject(1, UUID.class));
      }
    }
    return ids;
  }
}
