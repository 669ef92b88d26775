package org.drawbridge.challenge.control;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.drawbridge.challenge.control.TrackWriter.Written;
import org.drawbridge.challenge.entity.Attempt;
import org.drawbridge.challenge.entity.AttemptState;
import org.drawbridge.challenge.entity.Facts;
import org.drawbridge.challenge.entity.RuleSet;
import org.drawbridge.challenge.entity.VerificationMethod;
import org.drawbridge.kernel.Database;
import org.drawbridge.kernel.GroupCommit;
import org.drawbridge.kernel.Ids;
import org.drawbridge.kernel.WriterConnection;
import org.drawbridge.problem.LogLine;
import org.jspecify.annotations.Nullable;

/**
 * Decides and records attempts of which nothing else follows, by two statements to read and one to
 * insert for a batch. The others it leaves alone.
 */
final class TrackWriter implements GroupCommit.Writer<Track, Written> {

  private static final Logger LOG = Logger.getLogger(TrackWriter.class.getName());

  private final WriterConnection<TrackStatements> connection;
  private final RuleSets ruleSets;
  private final Clock clock;

  /**
   * An attempt that is recorded.
   *
   * @param enrolled what the person can answer with, what is preferred first
   * @param allowed what the company lets people answer with
   */
  record Written(
      Attempt attempt, List<VerificationMethod> enrolled, Set<VerificationMethod> allowed) {}

  TrackWriter(Database database, RuleSets ruleSets, Clock clock) {
    this.connection = new WriterConnection<>(database, TrackStatements::new);
    this.ruleSets = ruleSets;
    this.clock = clock;
  }

  @Override
  public List<@Nullable Written> write(List<Track> tracks) {
    try {
      TrackStatements sql = connection.statements();
      Instant now = clock.instant();
      List<@Nullable FoundUser> found = sql.find(tracks);
      List<@Nullable Written> written = new ArrayList<>(tracks.size());
      for (int i = 0; i < tracks.size(); i++) {
        FoundUser user = found.get(i);
        written.add(user == null ? null : decided(tracks.get(i), user, now));
      }
      Set<UUID> inserted =
          sql.insert(written.stream().filter(Objects::nonNull).map(Written::attempt).toList());
      // Another's attempt of the same key may be there already.
      written.replaceAll(w -> w != null && inserted.contains(w.attempt().id()) ? w : null);
      return written;
    } catch (SQLException e) {
      // Nothing is lost: each is tracked by itself, and the one that is at fault is told why.
      LogLine.event("attempts.batch-failed")
          .with("size", tracks.size())
          .with("sqlState", e.getSQLState())
          .with("message", e.getMessage())
          .log(LOG, Level.WARNING);
      String state = e.getSQLState() == null ? "" : e.getSQLState();
      if (!state.matches("(22|23|40).*")) {
        connection.disconnect();
      }
      return Collections.nCopies(tracks.size(), null);
    }
  }

  /** Null where more is to be done than to record it. */
  private @Nullable Written decided(Track track, FoundUser user, Instant now) {
    String back = track.circumstances().redirectUrl();
    RuleSet rules = ruleSets.known(track.companyId(), track.action(), user.rulesVersion());
    if (rules == null
        || !user.contact().knows(track.told())
        || (back != null && !user.settings().isAllowed(back))) {
      return null;
    }
    Attempt attempt = track.attempt(user.key(), Ids.next(now), now);
    Facts facts =
        Facts.about(
            attempt,
            user.isOnKnownDevice(attempt, now),
            user.whereabouts(),
            user.status(now),
            user.groups(),
            now);
    attempt.decided(facts, user.rulesVersion(), rules.decide(facts), now);
    boolean hasConsequences =
        attempt.state().isRefusal()
            || (attempt.state() == AttemptState.ALLOW && attempt.tellsDeviceOrPlace());
    return hasConsequences
        ? null
        : new Written(
            attempt,
            VerificationMethod.ordered(user.enrolled(), user.preferred()),
            user.settings().verificationMethods());
  }

  @Override
  public void disconnect() {
    connection.disconnect();
  }
}
