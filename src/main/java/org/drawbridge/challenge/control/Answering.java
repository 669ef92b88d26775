package org.drawbridge.challenge.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.drawbridge.access.ChallengeTokens;
import org.drawbridge.access.Reach;
import org.drawbridge.challenge.entity.Attempt;
import org.drawbridge.challenge.entity.AttemptState;
import org.drawbridge.challenge.entity.Authenticator;
import org.drawbridge.challenge.entity.ChallengeChanged;
import org.drawbridge.challenge.entity.ChallengeClosed;
import org.drawbridge.challenge.entity.ChallengeUser;
import org.drawbridge.challenge.entity.CodeWrong;
import org.drawbridge.challenge.entity.MethodNotOffered;
import org.drawbridge.challenge.entity.VerificationMethod;
import org.drawbridge.company.control.Companies;
import org.drawbridge.credential.control.Passkeys;
import org.drawbridge.credential.control.SigningIn;
import org.drawbridge.credential.control.StartedAssertion;
import org.drawbridge.kernel.CompanyEvent;
import org.drawbridge.kernel.Dialling;
import org.drawbridge.kernel.Ids;
import org.drawbridge.kernel.Vault;
import org.drawbridge.user.control.RecoveryCodes;
import org.drawbridge.user.control.Users;
import org.drawbridge.user.entity.User;
import org.jspecify.annotations.Nullable;

/**
 * A person answers the challenge of an attempt, at the challenge page. Who has nothing to answer
 * with enrols first, and has answered with that. What a refused call has used up stays used up.
 */
@ApplicationScoped
public class Answering {

  @Inject ChallengeTokens tokens;
  @Inject OpenChallenges challenges;
  @Inject Authenticators authenticators;
  @Inject ChallengeCodes codes;
  @Inject AppCodes apps;
  @Inject RecoveryCodes recoveryCodes;
  @Inject SigningIn signingIn;
  @Inject Passkeys passkeys;
  @Inject Users people;
  @Inject SettingChallenges settings;
  @Inject Companies companies;
  @Inject EnrolmentNotices notices;
  @Inject Event<CompanyEvent> changes;
  @Inject Vault vault;
  @Inject Clock clock;

  /**
   * What the page shows.
   *
   * @param isEnrolling whether the person makes something to answer with
   * @param methods that are offered, each with where its codes go, which may be empty
   * @param expiry when the token ends
   */
  public record Challenge(
      String company,
      String action,
      AttemptState state,
      boolean isEnrolling,
      Map<VerificationMethod, String> methods,
      Instant expiry) {}

  /** An authenticator app that is being enrolled. */
  public record App(String secret, String uri, String qrCode) {}

  /**
   * The challenge is answered.
   *
   * @param redirectUrl where to go back to; null for nowhere
   * @param recoveryCodes to be kept by who has just enrolled; empty for who had them
   */
  public record Answered(@Nullable String redirectUrl, List<String> recoveryCodes) {}

  /**
   * @throws ChallengeClosed where there is none under that token
   */
  public Challenge look(@Nullable String token) {
    OpenChallenge open = challenges.open(token);
    Attempt attempt = open.attempt();
    return new Challenge(
        companies.get(Reach.only(attempt.companyId()), attempt.companyId()).name(),
        attempt.action(),
        attempt.state(),
        open.isEnrolling(),
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
    String company = companies.get(Reach.only(user.companyId()), user.companyId()).name();
    String uri = AppCodes.uri(company, user.email() == null ? user.userId() : user.email(), secret);
    return new App(AppCodes.base32(secret), uri, AppCodes.qrCode(uri));
  }

  /**
   * Takes a code, of whichever kind.
   *
   * @param state of the redirect, to be given back with it; null for none
   * @throws CodeWrong where it is not right; the fifth time, the attempt has failed
   */
  public Answered answer(
      @Nullable String token, VerificationMethod method, String code, @Nullable String state) {
    OpenChallenge open = challenges.answerable(token);
    challenges.require(open, method);
    boolean right =
        switch (method) {
          case EMAIL_OTP, SMS -> isSent(open, method, code);
          case AUTHENTICATOR_APP -> isOfApp(open, code);
          case RECOVERY_CODE ->
              recoveryCodes.isUsedUp(open.user().companyId(), open.user().id(), code);
          case PASSKEY -> throw new MethodNotOffered();
        };
    if (!right) {
      int left = open.attempt().failed(clock.instant());
      if (left == 0) {
        tell("challenge-failed", open, method);
        throw new ChallengeClosed();
      }
      throw new CodeWrong(left);
    }
    return succeeded(open, method, state);
  }

  private boolean isSent(OpenChallenge open, VerificationMethod method, String code) {
    String sentTo = codes.recipient(open.attempt(), method, code).orElse(null);
    if (sentTo == null) {
      return false;
    }
    Instant now = clock.instant();
    ChallengeUser user = open.user();
    if (open.isEnrolling()) {
      authenticators.add(Authenticator.sentTo(user, Ids.next(now), method, sentTo, now));
      if (method == VerificationMethod.SMS && user.phone() == null) {
        user.phonedAt(sentTo);
      }
    } else {
      Authenticator own = authenticators.of(user, method).orElse(null);
      // A code may have gone elsewhere while the person still enrolled.
      if (own == null || !sentTo.equals(dialled(method, own.recipient()))) {
        return false;
      }
      own.verified(now);
    }
    if (method == VerificationMethod.SMS) {
      user.verifiedPhone(sentTo.equals(dialled(method, user.phone())) || user.isPhoneVerified());
    } else {
      user.verifiedEmail(sentTo.equals(user.email()) || user.isEmailVerified());
    }
    return true;
  }

  private static @Nullable String dialled(VerificationMethod method, @Nullable String recipient) {
    return recipient == null || method != VerificationMethod.SMS
        ? recipient
        : Dialling.digits(recipient);
  }

  private boolean isOfApp(OpenChallenge open, String code) {
    ChallengeUser user = open.user();
    Authenticator app = authenticators.of(user, VerificationMethod.AUTHENTICATOR_APP).orElse(null);
    byte[] sealed = app == null ? open.attempt().enrollingSecret() : app.secret();
    if (sealed == null) {
      return false;
    }
    byte[] secret = vault.open(sealed, Authenticator.context(user.companyId(), user.id()));
    OptionalLong step = apps.step(secret, code);
    if (step.isEmpty()) {
      return false;
    }
    Instant now = clock.instant();
    if (app == null) {
      authenticators.add(Authenticator.app(user, Ids.next(now), sealed, step.getAsLong(), now));
      return true;
    }
    app.verified(now);
    return app.isTaken(step.getAsLong());
  }

  /** Begins to ask for a passkey of who owns the account. */
  public StartedAssertion startPasskey(@Nullable String token) {
    OpenChallenge open = challenges.answerable(token);
    challenges.require(open, VerificationMethod.PASSKEY);
    UUID companyId = open.user().companyId();
    User owner =
        authenticators.owners(open.user()).stream()
            .map(id -> people.find(companyId, id).orElseThrow())
            .filter(passkeys::areThereFor)
            .findFirst()
            .orElseThrow(MethodNotOffered::new);
    return signingIn.start(companyId, owner.username());
  }

  /**
   * @throws MethodNotOffered where the passkey is somebody else's
   */
  public Answered answerWithPasskey(
      @Nullable String token, String ceremonyId, JsonObject credential, @Nullable String state) {
    OpenChallenge open = challenges.answerable(token);
    challenges.require(open, VerificationMethod.PASSKEY);
    User who = signingIn.finish(ceremonyId, credential);
    if (!who.companyId().equals(open.user().companyId())
        || !authenticators.owners(open.user()).contains(who.id())) {
      throw new MethodNotOffered();
    }
    return succeeded(open, VerificationMethod.PASSKEY, state);
  }

  private Answered succeeded(
      OpenChallenge open, VerificationMethod method, @Nullable String state) {
    Attempt attempt = open.attempt();
    attempt.succeed(method, clock.instant());
    tell("challenge-succeeded", open, method);
    List<String> fresh = new ArrayList<>();
    if (open.isEnrolling()) {
      tell("authenticator-enrolled", open, method);
      notices.tell(open.user(), method);
      if (settings
          .of(attempt.companyId())
          .verificationMethods()
          .contains(VerificationMethod.RECOVERY_CODE)) {
        fresh.addAll(recoveryCodes.renew(open.user().companyId(), open.user().id()));
      }
    }
    return new Answered(back(open, state), fresh);
  }

  /** With a token that is issued anew, for the redirect with that state. */
  private @Nullable String back(OpenChallenge open, @Nullable String state) {
    String url = open.attempt().redirectUrl();
    if (url == null || !settings.of(open.attempt().companyId()).isAllowed(url)) {
      return null;
    }
    String token = tokens.sign(open.claims().returned(), state);
    int fragment = url.indexOf('#');
    String bare = fragment < 0 ? url : url.substring(0, fragment);
    return bare
        + (bare.indexOf('?') < 0 ? "?" : "&")
        + (state == null ? "" : "state=" + URLEncoder.encode(state, StandardCharsets.UTF_8) + "&")
        + "token="
        + token;
  }

  private void tell(String type, OpenChallenge open, VerificationMethod method) {
    changes.fire(
        new ChallengeChanged(
            open.user().companyId(),
            type,
            open.attempt().id(),
            Map.of(
                "user",
                open.user().userId(),
                "action",
                open.attempt().action(),
                "verificationMethod",
                method.name())));
  }
}
