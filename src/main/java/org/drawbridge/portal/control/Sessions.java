package org.drawbridge.portal.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.drawbridge.access.Credential;
import org.drawbridge.access.Unauthorized;
import org.drawbridge.access.UserCaller;
import org.drawbridge.kernel.CompanyEvent;
import org.drawbridge.kernel.Ids;
import org.drawbridge.kernel.OwnedId;
import org.drawbridge.kernel.OwnedSecret;
import org.drawbridge.kernel.Storable;
import org.drawbridge.kernel.Vault;
import org.drawbridge.portal.entity.Session;
import org.drawbridge.portal.entity.SessionChanged;
import org.drawbridge.problem.NotFound;
import org.drawbridge.user.control.Users;
import org.drawbridge.user.entity.User;
import org.jspecify.annotations.Nullable;

/** The sessions of people. */
@ApplicationScoped
public class Sessions {

  private static final String CSRF = "csrf";
  private static final int MAX_USER_AGENT = 300;

  @PersistenceContext EntityManager entities;
  @Inject Event<CompanyEvent> events;
  @Inject Users users;
  @Inject Vault vault;
  @Inject Clock clock;

  /**
   * A session that began.
   *
   * @param secret for the cookie
   * @param csrfToken for the header of each call that changes something
   */
  public record Begun(String secret, String csrfToken) {}

  public Begun begin(User user, @Nullable String userAgent) {
    Instant now = clock.instant();
    OwnedSecret secret = OwnedSecret.of(user.companyId(), Ids.next(now), vault);
    entities.persist(
        new Session(
            secret,
            user.id(),
            Storable.fitted(userAgent == null ? "" : userAgent, MAX_USER_AGENT),
            now));
    events.fire(
        new SessionChanged(
            user.companyId(), "session-began", secret.id(), Map.of("user", user.id().toString())));
    return new Begun(secret.text(), csrfToken(secret.id()));
  }

  /** Notes the use; empty where there is no such session, or it is over. */
  public Optional<UserCaller> use(String text) {
    OwnedSecret secret = OwnedSecret.parse(text);
    if (secret == null) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    Session session = entities.find(Session.class, new OwnedId(secret.companyId(), secret.id()));
    if (session == null || !session.isOpenedBy(secret.hash(), now)) {
      return Optional.empty();
    }
    if (session.used(now) && !noteUse(session)) {
      return Optional.empty();
    }
    return Optional.of(new UserCaller(session.companyId(), session.userId(), session.id()));
  }

  /** Answers false where the session has ended since it was read. */
  private boolean noteUse(Session session) {
    return entities
            .createQuery(
                "update Session s set s.lastUsedAt = :used where s.companyId = :company"
                    + " and s.id = :id and s.endedAt is null")
            .setParameter("used", session.lastUsedAt())
            .setParameter("company", session.companyId())
            .setParameter("id", session.id())
            .executeUpdate()
        == 1;
  }

  /** Known without being kept: a MAC of the session's id. */
  public String csrfToken(UUID sessionId) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(vault.mac(CSRF, Ids.bytes(sessionId)));
  }

  public boolean isCsrfToken(UUID sessionId, String token) {
    try {
      return vault.isMac(CSRF, Ids.bytes(sessionId), Base64.getUrlDecoder().decode(token));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Those that are not over, the newest first. */
  public List<Session> open(UUID companyId, UUID userId) {
    Instant now = clock.instant();
    return entities
        .createQuery(
            "select s from Session s where s.companyId = :company and s.userId = :user"
                + " and s.endedAt is null order by s.id desc",
            Session.class)
        .setParameter("company", companyId)
        .setParameter("user", userId)
        .getResultStream()
        .filter(session -> session.isOpen(now))
        .toList();
  }

  /**
   * @throws NotFound where the person has no such session
   */
  public void end(UserCaller caller, UUID id) {
    Session session =
        open(caller.companyId(), caller.userId()).stream()
            .filter(s -> s.id().equals(id))
            .findFirst()
            .orElseThrow(() -> new NotFound("session"));
    session.end(clock.instant());
    events.fire(
        new SessionChanged(
            caller.companyId(), "session-ended", id, Map.of("user", caller.userId().toString())));
  }

  /** Whoever is signed in as that user is so no more. */
  public void endAll(UUID companyId, UUID userId) {
    open(companyId, userId).forEach(session -> session.end(clock.instant()));
  }

  /**
   * Holds the user until the transaction ends, for a change that outlasts the session. A reset
   * holds the user, too: it has ended the session before, or takes the change away after.
   *
   * @throws Unauthorized where the session is over
   */
  public User holdUser(UserCaller caller) {
    User user = users.lock(caller.reach(), caller.userId());
    Session session =
        entities.find(Session.class, new OwnedId(caller.companyId(), caller.sessionId()));
    if (session == null || !session.isOpen(clock.instant())) {
      throw Unauthorized.refused(Credential.SESSION);
    }
    return user;
  }

  /** The caller's alone goes on. */
  public void endOthers(UserCaller caller) {
    open(caller.companyId(), caller.userId()).stream()
        .filter(session -> !session.id().equals(caller.sessionId()))
        .forEach(session -> session.end(clock.instant()));
  }

  /** Clears away what is over for long; answers how many. */
  public int removeBefore(Instant time) {
    return entities
        .createQuery("delete from Session s where s.createdAt < :time")
        .setParameter("time", time)
        .executeUpdate();
  }
}
