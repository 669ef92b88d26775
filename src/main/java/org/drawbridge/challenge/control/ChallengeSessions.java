package org.drawbridge.challenge.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.drawbridge.access.ChallengeCaller;
import org.drawbridge.access.ChallengeTokens;
import org.drawbridge.access.ChallengeTokens.Access;
import org.drawbridge.access.VerificationKeys;
import org.drawbridge.challenge.control.Validating.Validation;
import org.drawbridge.challenge.entity.Attempt;
import org.drawbridge.challenge.entity.ChallengeSession;
import org.drawbridge.challenge.entity.ChallengeUser;
import org.drawbridge.challenge.entity.SessionRefused;
import org.drawbridge.kernel.Ids;
import org.drawbridge.kernel.OwnedId;
import org.drawbridge.kernel.OwnedSecret;
import org.drawbridge.kernel.Vault;
import org.jspecify.annotations.Nullable;

/**
 * Sessions of those who have answered a challenge. Ending one counts at once: an access token is
 * looked up here whenever it is validated. A locked account has none.
 */
@ApplicationScoped
public class ChallengeSessions {

  @PersistenceContext EntityManager entities;
  @Inject Validating validating;
  @Inject ChallengeUsers users;
  @Inject LockedAccounts locked;
  @Inject ChallengeTokens tokens;
  @Inject VerificationKeys keys;
  @Inject Vault vault;
  @Inject Clock clock;

  /** What a client holds of its session. */
  public record Tokens(String accessToken, String refreshToken) {}

  /** A session that goes on, and whose it is. */
  public record Going(ChallengeSession session, ChallengeUser user, Instant expiry) {}

  /**
   * Begins one with the token of an attempt whose challenge was answered.
   *
   * @throws SessionRefused where it is not valid
   */
  public Tokens begin(
      ChallengeCaller caller, String token, String clientId, @Nullable String action) {
    Validation valid = validating.validate(caller.companyId(), token, action, null);
    Attempt attempt = valid.attempt();
    // Where the company itself has decided the attempt, nobody has answered.
    if (!valid.isValid() || attempt == null || attempt.verificationMethod() == null) {
      throw new SessionRefused();
    }
    Instant now = clock.instant();
    OwnedSecret refresh = OwnedSecret.of(caller.companyId(), Ids.next(now), vault);
    ChallengeSession session =
        new ChallengeSession(
            refresh,
            attempt.userId(),
            clientId,
            attempt.verificationMethod(),
            caller.secretId(),
            now);
    entities.persist(session);
    return issued(session, refresh);
  }

  private Tokens issued(ChallengeSession session, OwnedSecret refresh) {
    ChallengeUser user = users.find(session.companyId(), session.userId()).orElseThrow();
    return new Tokens(
        tokens.sign(
            new Access(
                session.companyId(),
                session.secretId(),
                session.id(),
                user.userId(),
                session.clientId(),
                clock.instant().plus(ChallengeSession.ACCESS_LIFETIME))),
        refresh.text());
  }

  /**
   * @param clientIds that it may be for; empty for any
   * @throws SessionRefused where there is none
   */
  public Going validate(UUID companyId, String accessToken, List<String> clientIds) {
    Access access = access(companyId, accessToken);
    if (!clientIds.isEmpty() && !clientIds.contains(access.clientId())) {
      throw new SessionRefused();
    }
    ChallengeSession session =
        entities.find(ChallengeSession.class, new OwnedId(companyId, access.sessionId()));
    if (session == null || !session.isOpen(clock.instant())) {
      throw new SessionRefused();
    }
    return new Going(session, unlocked(session), access.expiry());
  }

  private ChallengeUser unlocked(ChallengeSession session) {
    ChallengeUser user = users.find(session.companyId(), session.userId()).orElseThrow();
    if (locked.contain(user)) {
      throw new SessionRefused();
    }
    return user;
  }

  private Access access(UUID companyId, String accessToken) {
    return tokens
        .verifiedAccess(accessToken, ChallengeSession.ACCESS_LIFETIME)
        .filter(access -> access.companyId().equals(companyId))
        .orElseThrow(SessionRefused::new);
  }

  /**
   * Takes a refresh token, once.
   *
   * @throws SessionRefused where it does not count; one that was taken before has ended its
   *     session, as long as the transaction is not rolled back
   */
  public Tokens refresh(ChallengeCaller caller, String refreshToken) {
    OwnedSecret given = OwnedSecret.parse(refreshToken);
    if (given == null || !given.companyId().equals(caller.companyId())) {
      throw new SessionRefused();
    }
    ChallengeSession session =
        entities.find(
            ChallengeSession.class,
            new OwnedId(given.companyId(), given.id()),
            LockModeType.PESSIMISTIC_WRITE);
    OwnedSecret next =
        new OwnedSecret(given.companyId(), given.id(), vault.randomBytes(given.secret().length));
    if (session == null) {
      throw new SessionRefused();
    }
    // It ends with the secret that it was begun with, or last refreshed under.
    if (keys.challengeSecret(session.companyId(), session.secretId()) == null) {
      throw new SessionRefused();
    }
    // First, so that the token still counts once the account is unlocked.
    unlocked(session);
    if (!session.refresh(given.hash(), next, caller.secretId(), clock.instant())) {
      throw new SessionRefused();
    }
    return issued(session, next);
  }

  /** Ends the session of an access token; one that is over already stays so. */
  public void end(UUID companyId, String accessToken) {
    ChallengeSession session =
        entities.find(
            ChallengeSession.class,
            new OwnedId(companyId, access(companyId, accessToken).sessionId()),
            LockModeType.PESSIMISTIC_WRITE);
    if (session != null) {
      session.end(clock.instant());
    }
  }

  /** Ends all of a user's. */
  public void endAll(UUID companyId, String userId) {
    users
        .find(companyId, userId)
        .ifPresent(user -> of(user).forEach(session -> session.end(clock.instant())));
  }

  private List<ChallengeSession> of(ChallengeUser user) {
    return entities
        .createQuery(
            "select s from ChallengeSession s where s.companyId = :company and s.userId = :user"
                + " and s.endedAt is null order by s.id",
            ChallengeSession.class)
        .setParameter("company", user.companyId())
        .setParameter("user", user.id())
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultList();
  }

  /** Those that cannot go on; answers how many. */
  public int removeOver(Instant now) {
    return entities
        .createQuery(
            "delete from ChallengeSession s where s.endedAt < :ended or s.refreshedAt < :idle"
                + " or s.createdAt < :longest")
        .setParameter("ended", now.minus(ChallengeSession.ACCESS_LIFETIME))
        .setParameter("idle", now.minus(ChallengeSession.IDLE))
        .setParameter("longest", now.minus(ChallengeSession.LONGEST))
        .executeUpdate();
  }

  void removeOf(ChallengeUser user) {
    entities
        .createQuery(
            "delete from ChallengeSession s where s.companyId = :company and s.userId = :user")
        .setParameter("company", user.companyId())
        .setParameter("user", user.id())
        .executeUpdate();
  }
}
