package org.drawbridge.challenge.control;

import static org.drawbridge.kernel.SqlValues.instant;
import static org.drawbridge.kernel.SqlValues.time;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.drawbridge.account.entity.LockState;
import org.drawbridge.account.entity.RelockRule;
import org.drawbridge.challenge.control.FoundUser.FoundAccount;
import org.drawbridge.challenge.entity.Attempt;
import org.drawbridge.challenge.entity.ChallengeSettings;
import org.drawbridge.challenge.entity.Contact;
import org.drawbridge.challenge.entity.KnownDevice;
import org.drawbridge.challenge.entity.VerificationMethod;
import org.drawbridge.challenge.entity.Whereabouts;
import org.drawbridge.kernel.OwnedId;
import org.drawbridge.kernel.SqlValues;
import org.drawbridge.kernel.WriterConnection;
import org.jspecify.annotations.Nullable;

/**
 * The SQL of {@link TrackWriter}: a batch goes to the database as arrays, whatever its size. Users
 * are found by their ids alone, as those of checks are.
 */
final class TrackStatements implements WriterConnection.Statements {

  /** No row for whom there is no row of one of the tables that are joined. */
  static final String FIND_USERS =
      """
      select i.n, u.id, u.email, u.email_verified, u.phone, u.phone_verified, u.username, u.locale,
             u.countries, u.last_latitude, u.last_longitude, u.last_placed_at,
             u.default_method, d.device, d.user_agent, d.verification_method, d.known_until,
             x.rules_version,
             s.allowed_origins, s.verification_methods, s.remember_device_days,
             exists (select 1 from credential_records c
                     where c.company_id = u.company_id and c.user_id = u.id),
             (select string_agg(m.verification_method, ' ') from authenticators m
              where m.company_id = u.company_id and m.user_id = u.id),
             u.told_email
      from unnest(cast(? as uuid array), cast(? as uuid array), cast(? as varchar array),
                  cast(? as varchar array), cast(? as varchar array))
           with ordinality as i (company_id, secret_id, user_id, action_code, device, n)
      join api_keys k
        on k.company_id = i.company_id and k.id = i.secret_id
       and k.purpose = 'CHALLENGE' and k.revoked_at is null
      join challenge_users u
        on u.company_id = i.company_id and u.user_id = i.user_id
      join challenge_actions x
        on x.company_id = i.company_id and x.code = i.action_code
      left join challenge_settings s
        on s.company_id = i.company_id
      left join challenge_devices d
        on d.company_id = u.company_id and d.user_id = u.id and d.device = i.device
      """;

  static final String FIND_ACCOUNTS =
      """
      select i.n, a.enabled, a.locked, a.unlocked_at, a.unlock_expiry, a.policy_effect is not null,
             a.auto_relock_allowed, u.auto_lock_minutes, u.auto_lock_on_attempt,
             u.auto_lock_on_success,
             exists (select 1 from credential_records c
                     where c.company_id = a.company_id and c.user_id = a.user_id),
             (select string_agg(cast(m.group_id as varchar), ' ') from account_group_members m
              where m.company_id = a.company_id and m.account_id = a.id)
      from unnest(cast(? as uuid array), cast(? as varchar array))
           with ordinality as i (company_id, name, n)
      join accounts a
        on a.company_id = i.company_id and a.user_account_id = i.name
      left join users u
        on u.company_id is not distinct from a.company_id and u.id = a.user_id
      """;

  private static final String INSERT =
      """
      insert into challenge_attempts (
        company_id, id, user_id, secret_id, rule_id, action_code, idempotency_key, state, outcome,
        redirect_url, ip_address, user_agent, device_id, custom, facts, rules_version,
        created_at, state_updated_at, failed_tries, version)
      select i.*, cast(? as timestamp(6) with time zone), cast(? as timestamp(6) with time zone), 0, 0
      from unnest(
        cast(? as uuid array), cast(? as uuid array), cast(? as uuid array), cast(? as uuid array),
        cast(? as uuid array), cast(? as varchar array), cast(? as varchar array),
        cast(? as varchar array), cast(? as varchar array), cast(? as varchar array),
        cast(? as varchar array), cast(? as varchar array), cast(? as varchar array),
        cast(? as varchar array), cast(? as varchar array), cast(? as integer array)) as i
      """;

  private final Connection connection;
  private final boolean sharedWithOthers;
  private final PreparedStatement findUsers;
  private final PreparedStatement findAccounts;
  private final PreparedStatement insert;

  TrackStatements(Connection connection, boolean sharedWithOthers) throws SQLException {
    this.connection = connection;
    this.sharedWithOthers = sharedWithOthers;
    findUsers = connection.prepareStatement(FIND_USERS);
    findAccounts = connection.prepareStatement(FIND_ACCOUNTS);
    insert =
        connection.prepareStatement(
            sharedWithOthers ? INSERT + " on conflict do nothing returning id" : INSERT);
  }

  @Override
  public void close() throws SQLException {
    for (PreparedStatement statement : List.of(findUsers, findAccounts, insert)) {
      statement.close();
    }
  }

  /** One for each, in their order; null where something is not known, or the secret is revoked. */
  List<@Nullable FoundUser> find(List<Track> tracks) throws SQLException {
    List<@Nullable FoundUser> users = users(tracks);
    List<AccountName> names = new ArrayList<>();
    for (int i = 0; i < tracks.size(); i++) {
      FoundUser user = users.get(i);
      if (user != null) {
        String userId = tracks.get(i).userId();
        for (String name : user.contact().accountNames(userId)) {
          names.add(new AccountName(i, user.key().companyId(), name, name.equals(userId)));
        }
      }
    }
    Map<Integer, List<FoundAccount>> accounts = accounts(names);
    accounts.forEach((i, named) -> users.set(i, Objects.requireNonNull(users.get(i)).with(named)));
    return users;
  }

  /**
   * What an account may be named.
   *
   * @param track the place of what is tracked
   */
  private record AccountName(int track, UUID companyId, String name, boolean isUserId) {}

  /** By the place of what is tracked. */
  private Map<Integer, List<FoundAccount>> accounts(List<AccountName> names) throws SQLException {
    if (names.isEmpty()) {
      return Map.of();
    }
    Map<Integer, List<FoundAccount>> accounts = new HashMap<>();
    findAccounts.setArray(1, array("uuid", names, AccountName::companyId));
    findAccounts.setArray(2, array("varchar", names, AccountName::name));
    try (ResultSet row = findAccounts.executeQuery()) {
      while (row.next()) {
        AccountName name = names.get(row.getInt(1) - 1);
        accounts
            .computeIfAbsent(name.track(), track -> new ArrayList<>(1))
            .add(account(row, name.isUserId()));
      }
    }
    return accounts;
  }

  /** Without accounts. */
  private List<@Nullable FoundUser> users(List<Track> tracks) throws SQLException {
    findUsers.setArray(1, array("uuid", tracks, Track::companyId));
    findUsers.setArray(2, array("uuid", tracks, track -> track.caller().secretId()));
    findUsers.setArray(3, array("varchar", tracks, Track::userId));
    findUsers.setArray(4, array("varchar", tracks, Track::action));
    findUsers.setArray(5, array("varchar", tracks, TrackStatements::device));
    List<@Nullable FoundUser> found = new ArrayList<>(Collections.nCopies(tracks.size(), null));
    try (ResultSet row = findUsers.executeQuery()) {
      while (row.next()) {
        int index = row.getInt(1) - 1;
        OwnedId key = new OwnedId(tracks.get(index).companyId(), row.getObject(2, UUID.class));
        found.set(index, user(key, row));
      }
    }
    return found;
  }

  private static @Nullable String device(Track track) {
    String device = track.circumstances().deviceId();
    return device == null ? null : KnownDevice.named(device);
  }

  private static FoundAccount account(ResultSet row, boolean isNamedByUserId) throws SQLException {
    LockState state =
        new LockState(
            row.getBoolean(3),
            Objects.requireNonNull(instant(row, 4)),
            instant(row, 5),
            row.getBoolean(6));
    RelockRule rule = new RelockRule(row.getInt(8), row.getBoolean(9), row.getBoolean(10));
    String groups = row.getString(12);
    return new FoundAccount(
        row.getBoolean(2),
        state,
        rule.where(row.getBoolean(7)),
        isNamedByUserId && row.getBoolean(11),
        groups == null
            ? Set.of()
            : Arrays.stream(groups.split(" "))
                .map(UUID::fromString)
                .collect(Collectors.toUnmodifiableSet()));
  }

  private static FoundUser user(OwnedId key, ResultSet row) throws SQLException {
    Contact contact =
        new Contact(
            row.getString(3),
            row.getString(24),
            row.getBoolean(4),
            row.getString(5),
            row.getBoolean(6),
            row.getString(7),
            row.getString(8));
    Whereabouts whereabouts =
        new Whereabouts(
            row.getString(9),
            row.getObject(10, Double.class),
            row.getObject(11, Double.class),
            instant(row, 12));
    String methods = row.getString(23);
    Set<VerificationMethod> enrolled = VerificationMethod.named(methods == null ? "" : methods);
    if (row.getBoolean(22)) {
      enrolled.add(VerificationMethod.PASSKEY);
    }
    String origins = row.getString(19);
    ChallengeSettings settings =
        origins == null
            ? new ChallengeSettings(key.companyId())
            : new ChallengeSettings(key.companyId(), origins, row.getString(20), row.getInt(21));
    return new FoundUser(
        key,
        contact,
        whereabouts,
        enrolled,
        method(row.getString(13)),
        device(key, row),
        row.getInt(18),
        settings,
        List.of());
  }

  private static @Nullable KnownDevice device(OwnedId user, ResultSet row) throws SQLException {
    String device = row.getString(14);
    return device == null
        ? null
        : new KnownDevice(
            user,
            device,
            row.getString(15),
            method(row.getString(16)),
            Objects.requireNonNull(instant(row, 17)));
  }

  private static @Nullable VerificationMethod method(@Nullable String name) {
    return name == null ? null : VerificationMethod.valueOf(name);
  }

  /** Inserts what all begins now; answers the ids of those that are in. */
  Set<UUID> insert(List<Attempt> attempts) throws SQLException {
    if (attempts.isEmpty()) {
      return Set.of();
    }
    // In one order on every node, so that two that insert the same keys cannot wait for each other.
    List<Attempt> sorted = new ArrayList<>(attempts);
    sorted.sort(Comparator.comparing(Attempt::idempotencyKey));
    insert.setObject(1, time(sorted.get(0).createdAt()));
    insert.setObject(2, time(sorted.get(0).createdAt()));
    int column = 3;
    for (Function<Attempt, @Nullable Object> id : IDS) {
      insert.setArray(column++, array("uuid", sorted, id));
    }
    for (Function<Attempt, @Nullable Object> text : TEXTS) {
      insert.setArray(column++, array("varchar", sorted, text));
    }
    insert.setArray(column, array("integer", sorted, Attempt::rulesVersion));
    return SqlValues.inserted(insert, sharedWithOthers, sorted.stream().map(Attempt::id).toList());
  }

  private static final List<Function<Attempt, @Nullable Object>> IDS =
      List.of(Attempt::companyId, Attempt::id, Attempt::userId, Attempt::secretId, Attempt::ruleId);

  private static final List<Function<Attempt, @Nullable Object>> TEXTS =
      List.of(
          Attempt::action,
          Attempt::idempotencyKey,
          attempt -> attempt.state().name(),
          attempt -> attempt.outcome() == null ? null : attempt.outcome().name(),
          Attempt::redirectUrl,
          Attempt::ipAddress,
          Attempt::userAgent,
          Attempt::deviceId,
          attempt -> attempt.customData().toString(),
          Attempt::factsKept);

  private <T> Array array(String type, Collection<T> elements, Function<T, @Nullable Object> member)
      throws SQLException {
    return SqlValues.array(connection, type, elements, member);
  }
}
