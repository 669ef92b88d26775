package org.drawbridge.challenge.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.UUID;
import org.drawbridge.access.ChallengeTokens;
import org.drawbridge.access.ChallengeTokens.Claims;
import org.drawbridge.challenge.entity.Attempt;
import org.drawbridge.challenge.entity.AttemptState;
import org.jspecify.annotations.Nullable;

/** Tells an application how the attempt ended that a token names. */
@ApplicationScoped
public class Validating {

  @Inject ChallengeTokens tokens;
  @Inject Attempts attempts;
  @Inject LockedAccounts locked;
  @Inject Clock clock;

  /**
   * @param isValid whether the person has answered the challenge, just now
   * @param claims null where the token is none that the caller may ask about
   * @param attempt null likewise
   * @param error why it is not valid; null where it is
   */
  public record Validation(
      boolean isValid,
      @Nullable Claims claims,
      @Nullable Attempt attempt,
      @Nullable AttemptState state,
      @Nullable String error) {

    static Validation refused(String error) {
      return new Validation(false, null, null, null, error);
    }
  }

  /**
   * @param action that it must be for; null for any
   * @param userId whose it must be; null for anybody's
   */
  public Validation validate(
      UUID companyId, String token, @Nullable String action, @Nullable String userId) {
    Claims claims = tokens.verified(token).orElse(null);
    if (claims == null || !claims.companyId().equals(companyId)) {
      return Validation.refused("The token is invalid or has expired.");
    }
    if (action != null && !action.equals(claims.action())) {
      return Validation.refused("The token is for another action.");
    }
    if (userId != null && !userId.equals(claims.userId())) {
      return Validation.refused("The token is for another user.");
    }
    Attempt attempt = attempts.lock(companyId, claims.attemptId()).orElse(null);
    if (attempt == null) {
      return Validation.refused("The token is invalid or has expired.");
    }
    return told(claims, attempt);
  }

  private Validation told(Claims claims, Attempt attempt) {
    if (attempt.state() != AttemptState.CHALLENGE_SUCCEEDED) {
      return new Validation(
          false, claims, attempt, attempt.state(), "The challenge was not completed.");
    }
    // Whoever only opened the page, and had another person answer there, has not come back from it.
    if (attempt.redirectUrl() != null
        && attempt.verificationMethod() != null
        && !claims.isReturned()) {
      return Validation.refused("The token is not the one that the person came back with.");
    }
    if (locked.contain(claims.companyId(), claims.userId())) {
      return new Validation(false, claims, attempt, AttemptState.BLOCK, "The account is locked.");
    }
    if (!attempt.redeem(clock.instant())) {
      return Validation.refused("The token has been used.");
    }
    return new Validation(true, claims, attempt, attempt.state(), null);
  }
}
