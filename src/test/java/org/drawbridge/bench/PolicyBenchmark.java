package org.drawbridge.bench;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.drawbridge.kernel.SqlValues;
import org.drawbridge.testing.Postgres;
import org.drawbridge.testing.RunningServer;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestCompany;
import org.drawbridge.testing.TestDatabase;
import org.drawbridge.testing.TestPolicies;

/**
 * Measures bulk work of policies on PostgreSQL: a million accounts locked by one execution, between
 * the two halves of the same work in plain chunked SQL and with checks going on; and many policies
 * due at once.
 */
public final class PolicyBenchmark {

  private static final int ACCOUNTS = Integer.getInteger("bench.accounts", 1_000_000);
  private static final int WARM = 20_000;
  private static final int POLICIES = Integer.getInteger("bench.policies", 10_000);
  private static final int CHUNK = 2_000;

  private final PrintStream out = System.out;
  private final Postgres postgres = Postgres.durable();
  private final TestDatabase database = new TestDatabase(postgres.newDatabase());

  public static void main(String... arguments) throws Exception {
    new PolicyBenchmark().run();
    System.exit(0);
  }

  private void run() throws Exception {
    try (RunningServer server = RunningServer.start(database.settings())) {
      TestCompany company =
          TestCompany.create(server.calls().bearer(RunningServer.BOOTSTRAP_TOKEN));
      TestApplication application = company.application();
      TestPolicies policies = TestPolicies.of(company);
      bulk(server, company, application, policies);
      dueAtOnce(company, policies);
    }
  }

  private void bulk(
      RunningServer server, TestCompany company, TestApplication application, TestPolicies policies)
      throws Exception {
    database.addAccounts(application, "before-", ACCOUNTS / 2);
    database.addAccounts(application, "held-", ACCOUNTS);
    database.addAccounts(application, "after-", ACCOUNTS / 2);
    database.addAccounts(application, "warm-", WARM);
    String policy = locking(policies, application, "held-");
    // About half of them: checks of locked accounts take another way, which has to be warm, too.
    finish(policies.execute(locking(policies, application, "warm-1")));
    new SteadyChecks(server, database, application, "warm-", WARM).warmUp();
    postgres.checkpoint();
    SteadyChecks checks = new SteadyChecks(server, database, application, "held-", ACCOUNTS);

    SteadyChecks.Phase before = checks.during(() -> plain(company, application, "before-"));
    SteadyChecks.Phase execution = checks.during(() -> finish(policies.execute(policy)));
    SteadyChecks.Phase after = checks.during(() -> plain(company, application, "after-"));
    require(
        "lock changes",
        ACCOUNTS,
        "select count(*) from lock_changes l join accounts a on a.company_id = l.company_id"
            + " and a.id = l.account_id where a.user_account_id like 'held-%'");
    out.printf(
        "%n%d accounts locked, with %d checks/s going on%n", ACCOUNTS, SteadyChecks.PER_SECOND);
    before.print(out, "plain SQL, half");
    execution.print(out, "execution");
    after.print(out, "plain SQL, half");
    Duration plain = before.taken().plus(after.taken());
    out.printf(
        "ratio              %6.2f%n", (double) execution.taken().toMillis() / plain.toMillis());
  }

  /** A policy that locks all accounts whose names begin so. */
  private String locking(TestPolicies policies, TestApplication application, String prefix) {
    database.addGroup(application, prefix, prefix);
    String policy = policies.alert("LOCK");
    policies.patch(policy, "\"groupMembersToAdd\":[\"" + prefix + "\"]").expect(200);
    return policy;
  }

  private void finish(String execution) {
    String finished =
        "select count(*) from policy_executions where finished_at is not null and id = '"
            + execution
            + "'";
    if (!database.comesTo(1, finished, Duration.ofMinutes(10))) {
      throw new AssertionError("The execution did not finish");
    }
  }

  /** The same rows, written by statements that a database administrator would write. */
  private void plain(TestCompany company, TestApplication application, String prefix) {
    UUID companyId = UUID.fromString(company.id());
    UUID policy;
    try (Connection connection = Postgres.connect(database.settings())) {
      policy = UUID.randomUUID();
      execute(
          connection,
          "insert into policies (company_id, id, policy_name, policy_type, allow_unlock,"
              + " required_approvals, time_zone, created_at, modified_at, version)"
              + " values (?, ?, 'plain', 'ALERT', true, 1, 'UTC', now(), now(), 0)",
          companyId,
          policy);
      connection.setAutoCommit(false);
      UUID last = new UUID(0, 0);
      while (true) {
        execute(
            connection,
            """
            create temporary table chunk on commit drop as
            select id from accounts where company_id = ? and application_id = ? and id > ?
              and user_account_id like '%s%%' order by id limit %d for update
            """
                .formatted(prefix, CHUNK),
            companyId,
            UUID.fromString(application.id()),
            last);
        try (PreparedStatement select =
                connection.prepareStatement("select id from chunk order by id desc limit 1");
            ResultSet row = select.executeQuery()) {
          if (!row.next()) {
            connection.rollback();
            return;
          }
          last = row.getObject(1, UUID.class);
        }
        execute(
            connection,
            "insert into policy_holds select ?, ?, id, 'LOCK', now() from chunk",
            companyId,
            policy);
        execute(
            connection,
            "update accounts a set policy_effect = 'LOCK', version = version + 1 from chunk c"
                + " where a.company_id = ? and a.id = c.id",
            companyId);
        execute(
            connection,
            "insert into lock_changes (company_id, id, account_id, locked, cause, actor, reason,"
                + " changed_at) select ?, "
                + TestDatabase.NEW_ID
                + ", id, true, 'POLICY', 'plain',"
                + " 'policy plain', now() from chunk",
            companyId);
        execute(
            connection,
            "insert into activities (company_id, id, occurred_at, type, subject_id, actor, details)"
                + " select ?, "
                + TestDatabase.NEW_ID
                + ", now(), 'account-locked', id, 'plain',"
                + " '{\"cause\":\"POLICY\"}' from chunk",
            companyId);
        connection.commit();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void dueAtOnce(TestCompany company, TestPolicies policies) throws Exception {
    policies.create("\"policyType\":\"ALERT\",\"alertAction\":\"LOCK\"");
    Instant due = Instant.now().plusSeconds(10).truncatedTo(ChronoUnit.SECONDS);
    UUID companyId = UUID.fromString(company.id());
    try (Connection connection = Postgres.connect(database.settings())) {
      execute(
          connection,
          "insert into policies (company_id, id, policy_key, policy_name, policy_type,"
              + " scheduled_action, allow_unlock, required_approvals, frequency,"
              + " schedule_date_time, time_zone, due_at, created_at, modified_at, version)"
              + " select ?, "
              + TestDatabase.NEW_ID
              + ", 'due-' || n, 'due', 'SCHEDULED', 'LOCK', true, 1,"
              + " 'DAILY', cast(? as timestamptz), 'Europe/Berlin', cast(? as timestamptz),"
              + " now(), now(), 0 from generate_series(1, "
              + POLICIES
              + ") n",
          companyId,
          due.toString(),
          due.toString());
      execute(
          connection,
          "insert into policy_members select p.company_id, p.id, a.id from policies p join accounts a"
              + " on a.company_id = p.company_id and a.user_account_id = 'held-' ||"
              + " substr(p.policy_key, 5) where p.company_id = ? and p.policy_key like 'due-%'",
          companyId);
    }
    String executed =
        "select count(*) from policy_executions where occurrence = 'schedule:" + due + "'";
    if (!database.comesTo(POLICIES, executed, Duration.ofMinutes(5))) {
      throw new AssertionError("Only " + database.count(executed) + " policies were executed");
    }
    if (!database.comesTo(
        POLICIES, executed + " and finished_at is not null", Duration.ofMinutes(5))) {
      throw new AssertionError("Not all policies were carried out");
    }
    out.printf("%n%d policies due at once%n", POLICIES);
    String last = " from policy_executions where occurrence = 'schedule:" + due + "'";
    out.printf(
        "last started %d ms, last finished %d ms after their time%n",
        database.count("select extract(epoch from max(started_at) - min(due_at)) * 1000" + last),
        database.count("select extract(epoch from max(finished_at) - min(due_at)) * 1000" + last));
  }

  private void require(String what, long expected, String sql) {
    if (database.count(sql) != expected) {
      throw new AssertionError(what + ": " + database.count(sql) + " instead of " + expected);
    }
  }

  private static void execute(Connection connection, String sql, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = SqlValues.prepared(connection, sql, parameters)) {
      statement.execute();
    }
  }
}
