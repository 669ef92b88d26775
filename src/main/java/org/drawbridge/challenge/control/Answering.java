package org.drawbridge.challenge.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.drawbridge.access.ChallengeTokens;
import org.drawbridge.challenge.control.Recognizing.Browser;
import org.drawbridge.challenge.control.RememberingDevices.DeviceCookieValue;
import org.drawbridge.challenge.control.Succeeding.Proof;
import org.drawbridge.challenge.entity.Attempt;
import org.drawbridge.challenge.entity.AttemptState;
import org.drawbridge.challenge.entity.Authenticator;
import org.drawbridge.challenge.entity.ChallengeClosed;
import org.drawbridge.challenge.entity.ChallengeUser;
import org.drawbridge.challenge.entity.CodeWrong;
import org.drawbridge.challenge.entity.MethodNotOffered;
import org.drawbridge.challenge.entity.TooManyTries;
import org.drawbridge.challenge.entity.VerificationMethod;
import org.drawbridge.company.control.Companies;
import org.drawbridge.kernel.Ids;
import org.drawbridge.kernel.Vault;
import org.drawbridge.user.control.RecoveryCodes;
import org.jspecify.annotations.Nullable;

/**
 * A person answers the challenge of an attempt, at the challenge page. Who has nothing to answer
 * with enrols first, and has answered with that. What a refused call has used up stays used up.
 */
@ApplicationScoped
public class Answering {

  @Inject OpenChallenges challenges;
  @Inject Authenticators authenticators;
  @Inject SendingCodes codes;
  @Inject AppCodes apps;
  @Inject RecoveryCodes recoveryCodes;
  @Inject SettingChallenges settings;
  @Inject Companies companies;
  @Inject Succeeding succeeding;
  @Inject Recognizing recognizing;
  @Inject RememberingDevices devices;
  @Inject Vault vault;
  @Inject Clock clock;

  /**
   * What the page shows.
   *
   * @param isEnrolling whether the person makes something to answer with
   * @param isRemembered whether the browser stands in for an answer
   * @param rememberDeviceDays for how long it can be remembered; 0 for not at all
   * @param hasWayBack whether the person came from an application that can be gone back to
   * @param methods that are offered, each with where its codes go, which may be empty
   * @param expiry when the token ends
   */
  public record Challenge(
      String company,
      String action,
      AttemptState state,
      boolean isEnrolling,
      boolean isRemembered,
      int rememberDeviceDays,
      boolean hasWayBack,
      Map<VerificationMethod, String> methods,
      Instant expiry) {}

  /** An authenticator app that is being enrolled. */
  public record App(String secret, String uri, String qrCode) {}

  /**
   * The challenge is answered.
   *
   * @param redirectUrl where to go back to; null for nowhere
   * @param recoveryCodes to be kept by who has just enrolled; empty for who had them
   * @param cookie that the browser is to have; null where it is not to be remembered
   */
  public record Answered(
      @Nullable String redirectUrl,
      List<String> recoveryCodes,
      @Nullable DeviceCookieValue cookie) {}

  /**
   * How the person goes on after the challenge.
   *
   * @param state of the redirect, to be given back with it; null for none
   * @param isRemembering whether the person wants the browser remembered
   */
  public record GoingOn(@Nullable String state, boolean isRemembering, Browser browser) {}

  /**
   * @throws ChallengeClosed where there is none under that token
   */
  public Challenge look(@Nullable String token, Browser browser) {
    OpenChallenge open = challenges.open(token);
    Attempt attempt = open.attempt();
    return new Challenge(
        companies.get(attempt.companyId()).name(),
        attempt.action(),
        attempt.state(),
        open.isEnrolling(),
        devices.standIn(open, browser).isPresent(),
        (int) devices.memory(open).toDays(),
        challenges.hasWayBack(open),
        challenges.offered(open),
        attempt.createdAt().plus(ChallengeTokens.LIFETIME));
  }

  /**
   * Sends a code.
   *
   * @param phone that a person who enrols has typed; counts where none is known
   */
  public void sendCode(@Nullable String token, VerificationMethod method, @Nullable String phone) {
    OpenChallenge open = challenges.answerable(token);
    challenges.require(open, method);
    String recipient = challenges.recipient(open, method, phone);
    if (recipient == null) {
      throw new MethodNotOffered();
    }
    if (open.isEnrolling() && method == VerificationMethod.SMS && open.user().phone() == null) {
      codes.requireFewToTypedNumbers(open.user());
    }
    codes.send(open.attempt(), open.user(), method, recipient);
  }

  /** Begins to enrol an authenticator app; begun again, it is another one. */
  public App enrolApp(@Nullable String token) {
    OpenChallenge open = challenges.answerable(token);
    challenges.require(open, VerificationMethod.AUTHENTICATOR_APP);
    if (!open.isEnrolling()) {
      throw new MethodNotOffered();
    }
    ChallengeUser user = open.user();
    byte[] secret = apps.newSecret();
    open.attempt()
        .enrolling(vault.seal(secret, Authenticator.context(user.companyId(), user.id())));
    String company = companies.get(user.companyId()).name();
    String uri = AppCodes.uri(company, AnsweringWithPasskeys.label(user), secret);
    return new App(AppCodes.base32(secret), uri, AppCodes.qrCode(uri));
  }

  /**
   * Takes a code, of whichever kind.
   *
   * @throws CodeWrong where it is not right; the fifth time, the attempt has failed
   * @throws TooManyTries where too many were wrong lately, in browsers that are not known
   */
  public Answered answer(
      @Nullable String token, VerificationMethod method, String code, GoingOn goingOn) {
    OpenChallenge open = challenges.answerable(token);
    challenges.require(open, method);
    // Recovery codes are too long to be guessed, and the person's own browser is no guesser's.
    boolean isGuess =
        method != VerificationMethod.RECOVERY_CODE && !isKnownBrowser(open, goingOn.browser());
    if (isGuess) {
      open.user().requireTries(clock.instant());
    }
    boolean right =
        switch (method) {
          case EMAIL_OTP, SMS -> acceptSentCode(open, method, code);
          case AUTHENTICATOR_APP -> acceptAppCode(open, code);
          case RECOVERY_CODE ->
              recoveryCodes.useUp(open.user().companyId(), open.user().id(), code);
          case PASSKEY -> throw new MethodNotOffered();
        };
    if (!right) {
      if (isGuess) {
        open.user().wrongCode(clock.instant());
      }
      int left = open.attempt().failed(clock.instant());
      if (left == 0) {
        succeeding.tell("challenge-failed", open.user(), open.attempt(), method);
        throw new ChallengeClosed();
      }
      throw new CodeWrong(left);
    }
    UUID answeredWith = authenticators.of(open.user(), method).map(Authenticator::id).orElse(null);
    return succeeded(open, new Proof(method, answeredWith), goingOn);
  }

  private boolean isKnownBrowser(OpenChallenge open, Browser browser) {
    Attempt attempt = open.attempt();
    return recognizing.isKnown(open.user(), attempt)
        || recognizing.remembered(open.user(), browser).isPresent();
  }

  /**
   * True where it is the newest code that went to what the person has enrolled, which is verified
   * by it, or to what is enrolled by it now.
   */
  private boolean acceptSentCode(OpenChallenge open, VerificationMethod method, String code) {
    String sentTo = codes.recipient(open.attempt(), method, code).orElse(null);
    if (sentTo == null) {
      return false;
    }
    Instant now = clock.instant();
    ChallengeUser user = open.user();
    if (open.isEnrolling()) {
      authenticators.add(Authenticator.sentTo(user, Ids.next(now), method, sentTo, now));
    } else {
      Authenticator own = authenticators.of(user, method).orElse(null);
      // A code may have gone elsewhere while the person still enrolled.
      if (own == null || !sentTo.equals(own.dialled())) {
        return false;
      }
      own.verified(now);
    }
    user.answeredAt(method, sentTo);
    return true;
  }

  /**
   * True where the person's app has made it now and it was not taken before, or where it enrols the
   * app.
   */
  private boolean acceptAppCode(OpenChallenge open, String code) {
    ChallengeUser user = open.user();
    Authenticator app = authenticators.of(user, VerificationMethod.AUTHENTICATOR_APP).orElse(null);
    byte[] sealed = app == null ? open.attempt().enrollingSecret() : app.secret();
    if (sealed == null) {
      return false;
    }
    byte[] secret = vault.open(sealed, Authenticator.context(user.companyId(), user.id()));
    Instant now = clock.instant();
    OptionalLong step = apps.step(secret, code, now);
    if (step.isEmpty()) {
      return false;
    }
    if (app == null) {
      authenticators.add(Authenticator.app(user, Ids.next(now), sealed, step.getAsLong(), now));
      return true;
    }
    app.verified(now);
    return app.take(step.getAsLong());
  }

  /**
   * Goes back to the application without an answer, which tells the person what that means there.
   *
   * @param state of the redirect; null for none. The browser says it, and may say another's: it is
   *     added to the address when the attempt has begun already, so nobody but the application can
   *     tell that the token which goes back is not of the attempt that the redirect is about
   * @return where to, with a token that proves nothing; empty where there is nowhere to go
   * @throws ChallengeClosed where the person is let in, or was
   */
  public Optional<String> goBack(@Nullable String token, @Nullable String state) {
    OpenChallenge open = challenges.open(token);
    open.attempt().giveUp(open.isEnrolling(), clock.instant());
    return Optional.ofNullable(challenges.backUnanswered(open, state));
  }

  /** The challenge is answered. */
  Answered succeeded(OpenChallenge open, Proof proof, GoingOn goingOn) {
    succeeding.succeed(open.user(), open.attempt(), proof, open.isEnrolling());
    List<String> fresh =
        open.isEnrolling()
                && settings.allow(open.user().companyId(), VerificationMethod.RECOVERY_CODE)
            ? recoveryCodes.renew(open.user().companyId(), open.user().id())
            : List.of();
    return new Answered(
        challenges.back(open, goingOn.state()),
        fresh,
        devices.remember(open, proof.method(), goingOn));
  }
}
