package org.drawbridge.challenge.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.drawbridge.access.ChallengeTokens;
import org.drawbridge.access.ChallengeTokens.Claims;
import org.drawbridge.challenge.entity.Attempt;
import org.drawbridge.challenge.entity.AttemptState;
import org.drawbridge.challenge.entity.Authenticator;
import org.drawbridge.challenge.entity.ChallengeClosed;
import org.drawbridge.challenge.entity.ChallengeUser;
import org.drawbridge.challenge.entity.MethodNotOffered;
import org.drawbridge.challenge.entity.VerificationMethod;
import org.drawbridge.user.control.RecoveryCodes;
import org.jspecify.annotations.Nullable;

/** The attempts that tokens open on the challenge page, and what is offered there. */
@ApplicationScoped
public class OpenChallenges {

  @Inject ChallengeTokens tokens;
  @Inject Attempts attempts;
  @Inject ChallengeUsers users;
  @Inject Authenticators authenticators;
  @Inject RecoveryCodes recoveryCodes;
  @Inject LockedAccounts locked;
  @Inject SettingChallenges settings;
  @Inject Clock clock;

  /**
   * @throws ChallengeClosed where there is none under that token
   */
  OpenChallenge open(@Nullable String token) {
    Claims claims = tokens.verified(token == null ? "" : token).orElseThrow(ChallengeClosed::new);
    ChallengeUser user =
        users.lockKnown(claims.companyId(), claims.userId()).orElseThrow(ChallengeClosed::new);
    Attempt attempt =
        attempts
            .lock(claims.companyId(), claims.attemptId())
            .filter(known -> known.userId().equals(user.id()))
            .orElseThrow(ChallengeClosed::new);
    if (attempt.state() != AttemptState.BLOCK && locked.contain(user)) {
      attempt.become(AttemptState.BLOCK, clock.instant());
    }
    return new OpenChallenge(claims, attempt, user, authenticators.enrolled(user).isEmpty());
  }

  /**
   * @throws ChallengeClosed where it cannot be answered, or not any more
   */
  OpenChallenge answerable(@Nullable String token) {
    OpenChallenge open = open(token);
    if (!open.attempt().isOpen(open.isEnrolling())) {
      throw new ChallengeClosed();
    }
    return open;
  }

  /**
   * Where the person goes back to, with a token that is issued anew, for the redirect with that
   * state.
   */
  @Nullable String back(OpenChallenge open, @Nullable String state) {
    return back(open, open.claims().returned(), state);
  }

  /**
   * The same for who has not answered. That token is never valid, even where the company decides
   * the attempt anew and another person answers.
   */
  @Nullable String backUnanswered(OpenChallenge open, @Nullable String state) {
    return back(open, open.claims(), state);
  }

  /** Whether there is somewhere to go back to. */
  boolean hasWayBack(OpenChallenge open) {
    String url = open.attempt().redirectUrl();
    return url != null && settings.of(open.attempt().companyId()).isAllowed(url);
  }

  private @Nullable String back(OpenChallenge open, Claims claims, @Nullable String state) {
    String url = open.attempt().redirectUrl();
    if (url == null || !hasWayBack(open)) {
      return null;
    }
    String token = tokens.sign(claims, state);
    int fragment = url.indexOf('#');
    String bare = fragment < 0 ? url : url.substring(0, fragment);
    return bare
        + (bare.indexOf('?') < 0 ? "?" : "&")
        + (state == null ? "" : "state=" + URLEncoder.encode(state, StandardCharsets.UTF_8) + "&")
        + "token="
        + token;
  }

  /** What the person may answer or enrol with, each with where its codes go. */
  Map<VerificationMethod, String> offered(OpenChallenge open) {
    Map<VerificationMethod, String> offered = new LinkedHashMap<>();
    Set<VerificationMethod> can =
        open.isEnrolling() ? enrollable(open.user()) : authenticators.enrolled(open.user());
    for (VerificationMethod method :
        open.user().ordered(settings.of(open.user().companyId()).verificationMethods())) {
      if (can.contains(method)) {
        offered.put(method, hint(open, method));
      } else if (method == VerificationMethod.RECOVERY_CODE && hasRecoveryCodes(open)) {
        offered.put(method, "");
      }
    }
    return offered;
  }

  private boolean hasRecoveryCodes(OpenChallenge open) {
    return !open.isEnrolling() && recoveryCodes.left(open.user().companyId(), open.user().id()) > 0;
  }

  /** A passkey, an app, any phone, and an address that the company has told. */
  private static Set<VerificationMethod> enrollable(ChallengeUser user) {
    Set<VerificationMethod> enrollable =
        EnumSet.of(
            VerificationMethod.PASSKEY,
            VerificationMethod.AUTHENTICATOR_APP,
            VerificationMethod.SMS);
    if (user.email() != null) {
      enrollable.add(VerificationMethod.EMAIL_OTP);
    }
    return enrollable;
  }

  /** Where codes go, so much of it that its owner knows it. */
  private String hint(OpenChallenge open, VerificationMethod method) {
    String recipient = recipient(open, method, null);
    if (recipient == null) {
      return "";
    }
    int at = recipient.indexOf('@');
    return at < 0
        ? "…" + recipient.substring(Math.max(0, recipient.length() - 3))
        : recipient.charAt(0) + "…" + recipient.substring(at);
  }

  /**
   * Where codes go; null where they go nowhere.
   *
   * @param phone that a person who enrols has typed; counts where none is known
   */
  @Nullable String recipient(
      OpenChallenge open, VerificationMethod method, @Nullable String phone) {
    if (!open.isEnrolling()) {
      return authenticators.of(open.user(), method).map(Authenticator::recipient).orElse(null);
    }
    return switch (method) {
      case EMAIL_OTP -> open.user().email();
      case SMS -> open.user().phone() == null ? phone : open.user().phone();
      default -> null;
    };
  }

  /**
   * @throws MethodNotOffered where it is not
   */
  void require(OpenChallenge open, VerificationMethod method) {
    if (!offered(open).containsKey(method)) {
      throw new MethodNotOffered();
    }
  }
}
