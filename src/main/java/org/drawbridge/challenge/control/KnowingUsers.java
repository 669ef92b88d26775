package org.drawbridge.challenge.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.drawbridge.access.ChallengeTokens;
import org.drawbridge.access.ChallengeTokens.Claims;
import org.drawbridge.challenge.entity.ChallengeChanged;
import org.drawbridge.challenge.entity.ChallengeUser;
import org.drawbridge.challenge.entity.VerificationMethod;
import org.drawbridge.kernel.CompanyEvent;
import org.drawbridge.kernel.Ids;
import org.jspecify.annotations.Nullable;

/** What a company knows, says and forgets of those whose actions are tracked. */
@ApplicationScoped
public class KnowingUsers {

  /** So many users are answered at once. */
  public static final int MOST = 100;

  @Inject ChallengeUsers users;
  @Inject Attempts attempts;
  @Inject Authenticators authenticators;
  @Inject SentCodes codes;
  @Inject CodeChallenges challenges;
  @Inject ChallengeSessions sessions;
  @Inject Recognizing recognizing;
  @Inject SettingChallenges settings;
  @Inject ChallengeTokens tokens;
  @Inject Event<CompanyEvent> changes;
  @Inject Clock clock;

  /** A user and what the person can answer a challenge with, and may. */
  public record Known(
      ChallengeUser user, Set<VerificationMethod> enrolled, Set<VerificationMethod> allowed) {}

  /** Somebody never seen is a user about whom nothing is known, and is not remembered. */
  public Known get(UUID companyId, String userId) {
    ChallengeUser user =
        users
            .find(companyId, userId)
            .orElseGet(
                () ->
                    new ChallengeUser(
                        companyId, Ids.next(clock.instant()), userId, clock.instant()));
    return new Known(
        user, authenticators.enrolled(user), settings.of(companyId).verificationMethods());
  }

  public ChallengeUser change(UUID companyId, String userId, Consumer<ChallengeUser> change) {
    ChallengeUser user = users.lock(companyId, userId);
    change.accept(user);
    tell("challenge-user-changed", user);
    return user;
  }

  public void delete(UUID companyId, String userId) {
    users
        .lockKnown(companyId, userId)
        .ifPresent(
            user -> {
              codes.removeOf(user);
              challenges.removeOf(user);
              sessions.removeOf(user);
              attempts.removeOf(user);
              authenticators.removeOf(user);
              recognizing.forget(user);
              users.remove(user);
              tell("challenge-user-deleted", user);
            });
  }

  private void tell(String type, ChallengeUser user) {
    changes.fire(
        new ChallengeChanged(user.companyId(), type, user.id(), Map.of("user", user.userId())));
  }

  /**
   * What users are looked for by; null where it does not matter.
   *
   * @param token of an attempt of theirs
   * @param after the user id of the last one that was answered before
   */
  public record Query(
      @Nullable String username,
      @Nullable String email,
      @Nullable String phone,
      @Nullable String token,
      @Nullable String after) {}

  /**
   * @param goesOnAfter the user id after which there are more; null where there are none
   * @param tokenPayload what the token says that was asked with; null where none was, or where it
   *     does not count
   */
  public record Found(
      List<ChallengeUser> users, @Nullable String goesOnAfter, @Nullable JsonObject tokenPayload) {}

  public Found matching(UUID companyId, Query query, int most) {
    if (query.token() != null) {
      return named(companyId, query.token());
    }
    List<ChallengeUser> found =
        users.matching(
            companyId,
            new ChallengeUsers.Query(query.username(), query.email(), query.phone(), query.after()),
            most + 1);
    return found.size() > most
        ? new Found(found.subList(0, most), found.get(most - 1).userId(), null)
        : new Found(found, null, null);
  }

  private Found named(UUID companyId, String token) {
    Claims claims =
        tokens.verified(token).filter(c -> c.companyId().equals(companyId)).orElse(null);
    return claims == null
        ? new Found(List.of(), null, null)
        : new Found(
            users.find(companyId, claims.userId()).stream().toList(),
            null,
            tokens.payload(token).orElse(null));
  }
}
