package org.drawbridge.policy.control;

import static org.drawbridge.kernel.SqlValues.instant;
import static org.drawbridge.kernel.SqlValues.time;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.drawbridge.kernel.Ids;
import org.drawbridge.kernel.SqlValues;
import org.drawbridge.policy.entity.SimulationTooLarge;

/** What the past holds about the accounts that a policy is for. */
final class SimulationStatements {

  /** Records get their ids shortly before they are made. */
  private static final long MARGIN_SECONDS = 60;

  private static final int FETCHED_AT_ONCE = 5_000;

  /** They are kept in memory meanwhile: some 25 MiB. */
  private static final int MOST_CHANGES = 250_000;

  private static final String MEMBERS =
      """
      (select i.id from unnest(cast(? as uuid array)) as i (id)
       union
       select m.account_id from account_group_members m
       join unnest(cast(? as uuid array)) as g (id) on g.id = m.group_id
       where m.company_id = ?) s
      """;

  private static final String ACCOUNTS =
      "select a.id, a.user_account_id from "
          + MEMBERS
          + " join accounts a on a.company_id = ? and a.id = s.id where a.enabled order by a.id";

  private static final String CHANGES =
      "select c.account_id, c.changed_at, c.locked from "
          + MEMBERS
          + " join lock_changes c on c.company_id = ? and c.account_id = s.id"
          + " where c.changed_at < ? order by c.changed_at, c.id";

  private static final String ALLOWED_CHECKS =
      "select p.id, p.account_id, p.user_account_id, p.checked_at from protection_checks p join "
          + MEMBERS
          + " on s.id = p.account_id where p.company_id = ? and p.id >= ? and p.id < ?"
          + " and p.status = 'UNLOCKED' and p.locked = false"
          + " and p.checked_at >= ? and p.checked_at < ? order by p.checked_at, p.id";

  record PastChange(Instant at, boolean locked) {}

  private final Connection connection;
  private final UUID companyId;
  private final Set<UUID> accountIds;
  private final Set<UUID> groupIds;

  SimulationStatements(
      Connection connection, UUID companyId, Set<UUID> accountIds, Set<UUID> groupIds) {
    this.connection = connection;
    this.companyId = companyId;
    this.accountIds = accountIds;
    this.groupIds = groupIds;
  }

  /** Ids and names of those that are enabled: others are not protected. */
  void eachAccount(BiConsumer<UUID, String> consumer) throws SQLException {
    try (PreparedStatement select = prepared(ACCOUNTS);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        consumer.accept(row.getObject(1, UUID.class), row.getString(2));
      }
    }
  }

  /**
   * By account, oldest first.
   *
   * @throws SimulationTooLarge where there are too many to look at
   */
  Map<UUID, List<PastChange>> changes(Instant before) throws SQLException {
    Map<UUID, List<PastChange>> changes = new HashMap<>();
    int count = 0;
    try (PreparedStatement select = prepared(CHANGES, time(before));
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        if (++count > MOST_CHANGES) {
          throw SimulationTooLarge.ofChanges(MOST_CHANGES);
        }
        changes
            .computeIfAbsent(row.getObject(1, UUID.class), id -> new ArrayList<>())
            .add(new PastChange(Objects.requireNonNull(instant(row, 2)), row.getBoolean(3)));
      }
    }
    return changes;
  }

  /** Those answered "not locked", oldest first. */
  void eachAllowedCheck(Instant from, Instant to, Consumer<PastCheck> consumer)
      throws SQLException {
    try (PreparedStatement select =
            prepared(
                ALLOWED_CHECKS,
                Ids.first(from.minusSeconds(MARGIN_SECONDS)),
                Ids.first(to.plusSeconds(MARGIN_SECONDS)),
                time(from),
                time(to));
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        consumer.accept(
            new PastCheck(
                row.getObject(1, UUID.class),
                row.getObject(2, UUID.class),
                row.getString(3),
                Objects.requireNonNull(instant(row, 4))));
      }
    }
  }

  private PreparedStatement prepared(String sql, Object... more) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    statement.setFetchSize(FETCHED_AT_ONCE);
    int i = 1;
    statement.setArray(i++, SqlValues.array(connection, "uuid", accountIds, id -> id));
    statement.setArray(i++, SqlValues.array(connection, "uuid", groupIds, id -> id));
    statement.setObject(i++, companyId);
    statement.setObject(i++, companyId);
    for (Object parameter : more) {
      statement.setObject(i++, parameter);
    }
    return statement;
  }
}
