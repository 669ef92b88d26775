package org.drawbridge.protection.control;

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
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.drawbridge.account.entity.AccountStatus;
import org.drawbridge.account.entity.Decision;
import org.drawbridge.account.entity.LockCause;
import org.drawbridge.account.entity.LockChange;
import org.drawbridge.account.entity.LockState;
import org.drawbridge.account.entity.RelockRule;
import org.drawbridge.kernel.Ids;
import org.drawbridge.kernel.SqlValues;
import org.drawbridge.kernel.WriterConnection;
import org.drawbridge.protection.control.Found.Earlier;
import org.drawbridge.protection.control.Found.KnownAccount;
import org.drawbridge.protection.entity.Answer;
import org.drawbridge.protection.entity.Login;
import org.jspecify.annotations.Nullable;

/**
 * The SQL of the hot path, prepared once on one connection. A batch goes to the database as arrays,
 * one statement to read and one to insert, whatever its size. The same text serves PostgreSQL and
 * H2 but for what PostgreSQL, where other nodes write too, adds to the insert.
 *
 * <p>PostgreSQL finds nothing by what is compared by {@code is not distinct from}: so a user is
 * found by the id, and never by looking through all users of the company.
 */
final class CheckStatements implements WriterConnection.Statements {

  static final String FIND =
      """
      select i.n, ap.version, ap.unknown_account,
             a.id, a.enabled, a.auto_relock_allowed, a.locked, a.unlocked_at, a.unlock_expiry,
             a.policy_effect is not null, a.locked_by_check,
             u.auto_lock_minutes, u.auto_lock_on_attempt, u.auto_lock_on_success,
             p.id, p.locked, p.status, p.checked_at, a.user_id is not null
      from unnest(cast(? as uuid array), cast(? as uuid array), cast(? as varchar array),
                  cast(? as uuid array))
           with ordinality as i (company_id, application_id, user_account_id, retry_key, n)
      left join applications ap
        on ap.company_id = i.company_id and ap.id = i.application_id
      left join accounts a
        on a.company_id = i.company_id and a.application_id = i.application_id
       and a.user_account_id = i.user_account_id
      left join users u
        on u.company_id is not distinct from a.company_id and u.id = a.user_id
      left join protection_checks p
        on p.company_id = i.company_id and p.application_id = i.application_id
       and p.retry_key = i.retry_key
      """;

  private static final String INSERT =
      """
      insert into protection_checks (
        company_id, id, application_id, account_id, user_account_id, retry_key, status, locked,
        ended_unlock, user_ip, user_device, user_location, user_geo, device_location,
        forwarded_for, user_agent, integration_type, phase, integration_data, checked_at)
      select i.*, cast(? as timestamp(6) with time zone)
      from unnest(
        cast(? as uuid array), cast(? as uuid array), cast(? as uuid array),
        cast(? as uuid array), cast(? as varchar array), cast(? as uuid array),
        cast(? as varchar array), cast(? as boolean array), cast(? as boolean array),
        cast(? as varchar array), cast(? as varchar array), cast(? as varchar array),
        cast(? as varchar array), cast(? as varchar array), cast(? as varchar array),
        cast(? as varchar array), cast(? as varchar array), cast(? as varchar array),
        cast(? as varchar array)) as i
      """;

  private static final String LOCK_ACCOUNT =
      """
      select locked, unlocked_at, unlock_expiry, policy_effect is not null, locked_by_check
      from accounts where company_id = ? and id = ? for update
      """;

  private static final String END_UNLOCK =
      """
      update accounts
      set locked = true, unlock_expiry = null, locked_by_check = ?, version = version + 1
      where company_id = ? and id = ?
      """;

  private static final String ADD_LOCK_CHANGE =
      """
      insert into lock_changes (company_id, id, account_id, locked, cause, actor, check_id, changed_at)
      values (?, ?, ?, true, ?, ?, ?, ?)
      """;

  private static final String ADD_ACTIVITY =
      """
      insert into activities (company_id, id, occurred_at, type, subject_id, actor, details)
      values (?, ?, ?, 'account-locked', ?, ?, ?)
      """;

  private static final String FREE_RETRY_KEY =
      "update protection_checks set retry_key = null where company_id = ? and id = ?";

  private final Connection connection;
  private final boolean sharedWithOthers;
  private final PreparedStatement find;
  private final PreparedStatement insert;
  private final PreparedStatement lockAccount;
  private final PreparedStatement endUnlock;
  private final PreparedStatement addLockChange;
  private final PreparedStatement addActivity;
  private final PreparedStatement freeRetryKey;

  /**
   * @param sharedWithOthers whether other processes write to the database, so that another may
   *     record a retry between our reading and our inserting
   */
  CheckStatements(Connection connection, boolean sharedWithOthers) throws SQLException {
    this.connection = connection;
    this.sharedWithOthers = sharedWithOthers;
    find = connection.prepareStatement(FIND);
    insert =
        connection.prepareStatement(
            sharedWithOthers
                ? INSERT
                    + "on conflict (company_id, application_id, retry_key) do nothing returning id"
                : INSERT);
    lockAccount = connection.prepareStatement(LOCK_ACCOUNT);
    endUnlock = connection.prepareStatement(END_UNLOCK);
    addLockChange = connection.prepareStatement(ADD_LOCK_CHANGE);
    addActivity = connection.prepareStatement(ADD_ACTIVITY);
    freeRetryKey = connection.prepareStatement(FREE_RETRY_KEY);
  }

  @Override
  public void close() throws SQLException {
    for (PreparedStatement statement :
        List.of(find, insert, lockAccount, endUnlock, addLockChange, addActivity, freeRetryKey)) {
      statement.close();
    }
  }

  List<Found> find(List<Question> questions) throws SQLException {
    find.setArray(1, array("uuid", questions, Question::companyId));
    find.setArray(2, array("uuid", questions, Question::applicationId));
    find.setArray(3, array("varchar", questions, Question::userAccountId));
    find.setArray(4, array("uuid", questions, Question::retryKey));
    @Nullable Found[] found = new @Nullable Found[questions.size()];
    try (ResultSet row = find.executeQuery()) {
      while (row.next()) {
        int index = row.getInt(1) - 1;
        found[index] = found(questions.get(index), row);
      }
    }
    List<Found> all = new ArrayList<>(found.length);
    for (Found each : found) {
      all.add(Objects.requireNonNull(each));
    }
    return all;
  }

  private static Found found(Question question, ResultSet row) throws SQLException {
    long version = row.getLong(2);
    Long applicationVersion = row.wasNull() ? null : Long.valueOf(version);
    KnownAccount account = null;
    UUID accountId = row.getObject(4, UUID.class);
    if (accountId != null) {
      RelockRule rule = new RelockRule(row.getInt(12), row.getBoolean(13), row.getBoolean(14));
      account =
          new KnownAccount(
              question.companyId(),
              accountId,
              row.getBoolean(5),
              row.getBoolean(19),
              state(row, 7),
              rule.where(row.getBoolean(6)),
              row.getObject(11, UUID.class));
    }
    Earlier earlier = null;
    UUID earlierId = row.getObject(15, UUID.class);
    if (earlierId != null) {
      Answer answer =
          new Answer(earlierId, row.getBoolean(16), AccountStatus.valueOf(row.getString(17)));
      earlier = new Earlier(question.companyId(), answer, Objects.requireNonNull(instant(row, 18)));
    }
    return new Found(applicationVersion, "DENY".equals(row.getString(3)), account, earlier);
  }

  private static LockState state(ResultSet row, int first) throws SQLException {
    return new LockState(
        row.getBoolean(first),
        Objects.requireNonNull(instant(row, first + 1)),
        instant(row, first + 2),
        row.getBoolean(first + 3));
  }

  /**
   * Takes the rows of the accounts until the transaction ends, always in the order of their ids,
   * and answers what was found with their state as it is now.
   */
  List<Found> holdAccounts(List<Found> found, Collection<Verdict> verdicts) throws SQLException {
    Map<UUID, KnownAccount> held = new HashMap<>();
    Set<UUID> ids = new TreeSet<>();
    Map<UUID, UUID> companies = new HashMap<>();
    for (Verdict verdict : verdicts) {
      if (verdict.endsUnlock() && verdict.account() != null) {
        ids.add(verdict.account().id());
        companies.put(verdict.account().id(), verdict.account().companyId());
      }
    }
    for (UUID id : ids) {
      lockAccount.setObject(1, companies.get(id));
      lockAccount.setObject(2, id);
      try (ResultSet row = lockAccount.executeQuery()) {
        if (row.next()) {
          LockState state = state(row, 1);
          UUID lockedByCheck = row.getObject(5, UUID.class);
          found.stream()
              .map(Found::account)
              .filter(a -> a != null && a.id().equals(id))
              .findFirst()
              .ifPresent(a -> held.put(id, a.with(state, lockedByCheck)));
        }
      }
    }
    return found.stream()
        .map(
            f ->
                f.account() == null || !held.containsKey(f.account().id())
                    ? f
                    : new Found(
                        f.applicationVersion(),
                        f.deniesUnknown(),
                        held.get(f.account().id()),
                        f.earlier()))
        .toList();
  }

  /** Inserts the records; answers the ids of those that are in, now. */
  Set<UUID> insert(List<Verdict> verdicts, Instant now) throws SQLException {
    // In one order on every node, so that two that insert the same keys cannot wait for each other.
    List<Verdict> sorted = new ArrayList<>(verdicts);
    sorted.sort(Comparator.comparing(v -> v.question().retryKey()));
    insert.setObject(1, time(now));
    int column = 2;
    insert.setArray(column++, array("uuid", sorted, v -> v.question().companyId()));
    insert.setArray(column++, array("uuid", sorted, v -> v.question().id()));
    insert.setArray(column++, array("uuid", sorted, v -> v.question().applicationId()));
    insert.setArray(
        column++, array("uuid", sorted, v -> v.account() == null ? null : v.account().id()));
    insert.setArray(column++, array("varchar", sorted, v -> v.question().userAccountId()));
    insert.setArray(column++, array("uuid", sorted, v -> v.question().retryKey()));
    insert.setArray(column++, array("varchar", sorted, v -> v.answer().status().name()));
    insert.setArray(column++, array("boolean", sorted, v -> v.answer().locked()));
    insert.setArray(column++, array("boolean", sorted, Verdict::endsUnlock));
    for (Function<Login, @Nullable String> member : LOGIN_MEMBERS) {
      insert.setArray(column++, array("varchar", sorted, v -> member.apply(v.question().login())));
    }
    return SqlValues.inserted(
        insert, sharedWithOthers, sorted.stream().map(v -> v.question().id()).toList());
  }

  private static final List<Function<Login, @Nullable String>> LOGIN_MEMBERS =
      List.of(
          Login::userIp,
          Login::userDevice,
          Login::userLocation,
          Login::userGeo,
          Login::deviceLocation,
          Login::forwardedFor,
          Login::userAgent,
          Login::integrationType,
          Login::phase,
          Login::integrationData);

  /**
   * Ends the unlocks that the verdicts end, with a lock change and an entry of the activity log for
   * each. The accounts are held.
   */
  void endUnlocks(List<Verdict> verdicts, Instant now) throws SQLException {
    for (Verdict verdict : verdicts) {
      Decision decision = verdict.decision();
      KnownAccount account = verdict.account();
      if (decision == null || account == null || decision.relock() == null) {
        continue;
      }
      UUID checkId = verdict.question().id();
      Instant at = Objects.requireNonNull(decision.relockedAt());
      endUnlock.setObject(1, decision.locked() ? null : checkId);
      endUnlock.setObject(2, account.companyId());
      endUnlock.setObject(3, account.id());
      endUnlock.addBatch();
      addLockChange.setObject(1, account.companyId());
      addLockChange.setObject(2, Ids.next(at));
      addLockChange.setObject(3, account.id());
      addLockChange.setString(4, decision.relock().name());
      addLockChange.setString(5, LockChange.BY_ITSELF);
      addLockChange.setObject(6, checkId);
      addLockChange.setObject(7, time(at));
      addLockChange.addBatch();
      addActivity.setObject(1, account.companyId());
      addActivity.setObject(2, Ids.next(now));
      addActivity.setObject(3, time(now));
      addActivity.setObject(4, account.id());
      addActivity.setString(5, LockChange.BY_ITSELF);
      addActivity.setString(6, details(decision.relock(), checkId));
      addActivity.addBatch();
    }
    endUnlock.executeBatch();
    addLockChange.executeBatch();
    addActivity.executeBatch();
  }

  /** As the activity log tells it; nothing in it needs escaping. */
  private static String details(LockCause cause, UUID checkId) {
    return "{\"cause\":\"" + cause + "\",\"check\":\"" + Ids.letters(checkId) + "\"}";
  }

  void freeRetryKeys(List<Earlier> outdated) throws SQLException {
    for (Earlier earlier : outdated) {
      freeRetryKey.setObject(1, earlier.companyId());
      freeRetryKey.setObject(2, earlier.answer().checkId());
      freeRetryKey.addBatch();
    }
    freeRetryKey.executeBatch();
  }

  private <T> Array array(String type, List<T> elements, Function<T, @Nullable Object> member)
      throws SQLException {
    return SqlValues.array(connection, type, elements, member);
  }
}
