package org.drawbridge.protection.control;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.drawbridge.kernel.Database;
import org.drawbridge.kernel.GroupCommit;
import org.drawbridge.kernel.WriterConnection;
import org.drawbridge.problem.LogLine;
import org.jspecify.annotations.Nullable;

/**
 * Decides and records batches of questions on a connection of its own. What it answers is durable.
 *
 * <p>A batch that changes no account is two statements: read, insert. One that ends unlocks holds
 * the accounts, decides again on what it then sees, and is one transaction. For one thread.
 */
final class CheckRecorder implements GroupCommit.Writer<Question, Outcome> {

  private static final Logger LOG = Logger.getLogger(CheckRecorder.class.getName());

  /** How often a batch is begun anew because another node was in the way. */
  private static final int MAX_TRIES = 5;

  private final WriterConnection<CheckStatements> connection;
  private final Clock clock;

  CheckRecorder(Database database, Clock clock) {
    this.connection = new WriterConnection<>(database, CheckStatements::new);
    this.clock = clock;
  }

  /**
   * Answers one outcome for each question, in their order; null for a question that could not be
   * recorded, and is not.
   */
  @Override
  public List<@Nullable Outcome> write(List<Question> questions) {
    List<@Nullable Outcome> outcomes = new ArrayList<>(Collections.nCopies(questions.size(), null));
    List<Integer> open = new ArrayList<>();
    for (int i = 0; i < questions.size(); i++) {
      open.add(i);
    }
    for (int tries = 0; tries < MAX_TRIES && !open.isEmpty(); tries++) {
      List<Question> batch = open.stream().map(questions::get).toList();
      List<@Nullable Outcome> batchOutcomes;
      try {
        batchOutcomes = recordOnce(batch);
      } catch (SQLException e) {
        batchOutcomes = afterFailure(batch, e);
      }
      List<Integer> stillOpen = new ArrayList<>();
      for (int i = 0; i < open.size(); i++) {
        Outcome outcome = batchOutcomes.get(i);
        outcomes.set(open.get(i), outcome);
        if (outcome == null) {
          stillOpen.add(open.get(i));
        }
      }
      open = stillOpen;
    }
    return outcomes;
  }

  private List<@Nullable Outcome> recordOnce(List<Question> questions) throws SQLException {
    CheckStatements sql = connection.statements();
    Instant now = clock.instant();
    List<Found> found = sql.find(questions);
    Batch batch = Batch.decide(questions, found, now);
    if (batch.changesAccounts() || !batch.outdatedRetryKeys().isEmpty()) {
      return recordHolding(sql, questions, found, batch, now);
    }
    Set<UUID> inserted = batch.verdicts().isEmpty() ? Set.of() : sql.insert(batch.verdicts(), now);
    return outcomesOf(batch, inserted);
  }

  /** In one transaction: hold the accounts, decide again, insert, and only then end the unlocks. */
  private List<@Nullable Outcome> recordHolding(
      CheckStatements sql, List<Question> questions, List<Found> found, Batch first, Instant now)
      throws SQLException {
    Connection tx = connection.connection();
    tx.setAutoCommit(false);
    try {
      List<Found> held = sql.holdAccounts(found, first.verdicts());
      Batch batch = Batch.decide(questions, held, now);
      sql.freeRetryKeys(batch.outdatedRetryKeys());
      Set<UUID> inserted =
          batch.verdicts().isEmpty() ? Set.of() : sql.insert(batch.verdicts(), now);
      if (inserted.size() < batch.verdicts().size()) {
        // Another node has recorded one of these checks: a replay must not end an unlock.
        tx.rollback();
        return Collections.nCopies(questions.size(), null);
      }
      sql.endUnlocks(batch.verdicts(), now);
      tx.commit();
      return outcomesOf(batch, inserted);
    } finally {
      if (!tx.isClosed()) {
        tx.rollback();
        tx.setAutoCommit(true);
      }
    }
  }

  /** A verdict that another node's retry kept out of the database is decided again. */
  private static List<@Nullable Outcome> outcomesOf(Batch batch, Set<UUID> inserted) {
    List<@Nullable Outcome> outcomes = new ArrayList<>(batch.outcomes());
    Set<UUID> kept = new HashSet<>();
    for (Verdict verdict : batch.verdicts()) {
      if (!inserted.contains(verdict.question().id())) {
        kept.add(verdict.question().id());
      }
    }
    if (!kept.isEmpty()) {
      outcomes.replaceAll(
          o ->
              o instanceof Outcome.Answered answered && kept.contains(answered.answer().checkId())
                  ? null
                  : o);
    }
    return outcomes;
  }

  private List<@Nullable Outcome> afterFailure(List<Question> batch, SQLException failure) {
    LogLine.event("checks.batch-failed")
        .with("size", batch.size())
        .with("sqlState", failure.getSQLState())
        .with("message", failure.getMessage())
        .log(LOG, Level.WARNING);
    String state = failure.getSQLState() == null ? "" : failure.getSQLState();
    boolean badRow = state.startsWith("22") || state.startsWith("23");
    if (badRow && batch.size() > 1) {
      return oneByOne(batch);
    }
    boolean again = state.startsWith("40");
    if (!badRow && !again) {
      connection.disconnect();
    }
    return Collections.nCopies(batch.size(), null);
  }

  /** One question that the database refuses must not cost the others their answer. */
  private List<@Nullable Outcome> oneByOne(List<Question> batch) {
    List<@Nullable Outcome> outcomes = new ArrayList<>();
    for (Question question : batch) {
      try {
        outcomes.add(recordOnce(List.of(question)).get(0));
      } catch (SQLException e) {
        LogLine.event("checks.row-refused")
            .with("sqlState", e.getSQLState())
            .log(LOG, Level.SEVERE, e);
        outcomes.add(null);
      }
    }
    return outcomes;
  }

  @Override
  public void disconnect() {
    connection.disconnect();
  }
}
