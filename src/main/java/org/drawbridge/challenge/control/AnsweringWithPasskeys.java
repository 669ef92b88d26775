package org.drawbridge.challenge.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.util.UUID;
import org.drawbridge.challenge.control.Answering.Answered;
import org.drawbridge.challenge.control.Answering.GoingOn;
import org.drawbridge.challenge.control.Succeeding.Proof;
import org.drawbridge.challenge.entity.ChallengeUser;
import org.drawbridge.challenge.entity.MethodNotOffered;
import org.drawbridge.challenge.entity.VerificationMethod;
import org.drawbridge.credential.control.CredentialRecords;
import org.drawbridge.credential.control.Proving;
import org.drawbridge.credential.control.Registering;
import org.drawbridge.credential.control.RegistrationWish;
import org.drawbridge.credential.control.StartedAssertion;
import org.drawbridge.credential.entity.Ceremony.Party;
import org.drawbridge.credential.entity.CredentialRecord;
import org.drawbridge.credential.entity.CredentialUnknown;
import org.jspecify.annotations.Nullable;

/**
 * A person answers a challenge with a passkey: that of who owns the account, or one that was
 * enrolled here, which opens nothing else. Each ceremony is for one attempt.
 */
@ApplicationScoped
public class AnsweringWithPasskeys {

  @Inject OpenChallenges challenges;
  @Inject Answering answering;
  @Inject Authenticators authenticators;
  @Inject Proving proving;
  @Inject Registering registering;
  @Inject CredentialRecords credentials;

  public StartedAssertion start(@Nullable String token) {
    OpenChallenge open = required(token, false);
    return proving.start(
        open.user().companyId(), authenticators.passkeyOwners(open.user()), purpose(open));
  }

  /**
   * @throws CredentialUnknown where the passkey is somebody else's
   */
  public Answered answer(
      @Nullable String token, String ceremonyId, JsonObject credential, GoingOn goingOn) {
    OpenChallenge open = required(token, false);
    CredentialRecord passkey =
        proving.finish(
            open.user().companyId(),
            authenticators.passkeyOwners(open.user()),
            purpose(open),
            ceremonyId,
            credential);
    return succeeded(open, passkey, goingOn);
  }

  public Registering.Started startEnrolling(@Nullable String token) {
    OpenChallenge open = required(token, true);
    ChallengeUser user = open.user();
    return registering.start(
        party(open),
        user.displayName() == null ? label(user) : user.displayName(),
        Registering.DEFAULT_NICKNAME,
        RegistrationWish.passkey(),
        credentials.of(user.companyId(), user.id()));
  }

  public Answered enrol(
      @Nullable String token, String ceremonyId, JsonObject credential, GoingOn goingOn) {
    OpenChallenge open = required(token, true);
    return succeeded(
        open, registering.finish(ceremonyId, credential, party(open)).record(), goingOn);
  }

  private Answered succeeded(OpenChallenge open, CredentialRecord passkey, GoingOn goingOn) {
    return answering.succeeded(open, new Proof(VerificationMethod.PASSKEY, passkey.id()), goingOn);
  }

  private OpenChallenge required(@Nullable String token, boolean isEnrolling) {
    OpenChallenge open = challenges.answerable(token);
    challenges.require(open, VerificationMethod.PASSKEY);
    if (open.isEnrolling() != isEnrolling) {
      throw new MethodNotOffered();
    }
    return open;
  }

  private static Party party(OpenChallenge open) {
    ChallengeUser user = open.user();
    return Party.user(user.companyId(), user.id(), label(user)).forPurpose(purpose(open));
  }

  /** What the authenticator shows. */
  static String label(ChallengeUser user) {
    return user.email() == null ? user.userId() : user.email();
  }

  private static String purpose(OpenChallenge open) {
    UUID attempt = open.attempt().id();
    return "challenge " + attempt;
  }
}
