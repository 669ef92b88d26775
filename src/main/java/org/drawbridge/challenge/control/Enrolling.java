package org.drawbridge.challenge.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.drawbridge.challenge.entity.Authenticator;
import org.drawbridge.challenge.entity.ChallengeChanged;
import org.drawbridge.challenge.entity.ChallengeUser;
import org.drawbridge.challenge.entity.MethodNotOffered;
import org.drawbridge.challenge.entity.VerificationMethod;
import org.drawbridge.credential.control.CredentialRecords;
import org.drawbridge.credential.control.Passkeys;
import org.drawbridge.credential.entity.CredentialRecord;
import org.drawbridge.kernel.CompanyEvent;
import org.drawbridge.problem.Impossible;
import org.drawbridge.problem.MemberError;
import org.drawbridge.problem.NotFound;
import org.drawbridge.user.control.RecoveryCodes;
import org.drawbridge.user.control.Users;
import org.jspecify.annotations.Nullable;

/** What a company lets its users answer with, and takes away from them. */
@ApplicationScoped
public class Enrolling {

  @Inject ChallengeUsers users;
  @Inject Authenticators authenticators;
  @Inject Recognizing recognizing;
  @Inject RecoveryCodes recoveryCodes;
  @Inject SettingChallenges settings;
  @Inject CredentialRecords credentials;
  @Inject Passkeys passkeys;
  @Inject Users people;
  @Inject EnrolmentNotices notices;
  @Inject Event<CompanyEvent> changes;

  /**
   * All that somebody can answer with; passkeys are own ones, and those of the accounts' owners.
   *
   * @param first the method that is offered first; null where there is none
   */
  public record Own(
      List<Authenticator> authenticators,
      List<CredentialRecord> passkeys,
      @Nullable VerificationMethod first) {}

  /**
   * @param recoveryCodes to be kept by who had nothing enrolled before; empty for others, and where
   *     the company does not allow them
   * @param first the method that is offered first
   */
  public record Enrolled(
      Authenticator authenticator, List<String> recoveryCodes, VerificationMethod first) {}

  public Own of(UUID companyId, String userId) {
    return users
        .find(companyId, userId)
        .map(user -> new Own(authenticators.of(user), passkeys(user), first(user)))
        .orElse(new Own(List.of(), List.of(), null));
  }

  private @Nullable VerificationMethod first(ChallengeUser user) {
    return user.ordered(authenticators.enrolled(user)).stream().findFirst().orElse(null);
  }

  private List<CredentialRecord> passkeys(ChallengeUser user) {
    return credentials.of(user.companyId(), authenticators.passkeyOwners(user));
  }

  /**
   * Enrols an address or a number that the company has verified; one of the same kind gives way.
   *
   * @param isDefault whether it is to be offered first
   * @throws Impossible where it is of a kind that codes are not sent by, or there is none
   * @throws MethodNotOffered where the company does not allow it
   */
  public Enrolled enrol(
      UUID companyId,
      String userId,
      VerificationMethod method,
      @Nullable String email,
      @Nullable String phone,
      boolean isDefault) {
    String recipient =
        switch (method) {
          case EMAIL_OTP -> required("email", email);
          case SMS -> required("phoneNumber", phone);
          default ->
              throw new Impossible(
                  MemberError.at("verificationMethod", "must be EMAIL_OTP or SMS here"));
        };
    settings.requireAllowed(companyId, method);
    ChallengeUser user = users.lock(companyId, userId);
    boolean isFirst = authenticators.enrolled(user).isEmpty();
    Authenticator authenticator = authenticators.replace(user, method, recipient);
    if (isDefault) {
      user.prefers(method);
    }
    if (method == VerificationMethod.SMS) {
      user.phonedAt(recipient);
      user.verifiedPhone(true);
    } else {
      user.reachableAt(recipient);
      user.verifiedEmail(true);
    }
    tell("authenticator-enrolled", user, method);
    notices.tell(user, method);
    return new Enrolled(
        authenticator,
        isFirst && settings.allow(companyId, VerificationMethod.RECOVERY_CODE)
            ? recoveryCodes.renew(companyId, user.id())
            : List.of(),
        Objects.requireNonNull(first(user)));
  }

  private static String required(String member, @Nullable String value) {
    if (value == null) {
      throw new Impossible(MemberError.at(member, "is needed for that verificationMethod"));
    }
    return value;
  }

  /**
   * @throws NotFound where the user has no such authenticator
   */
  public void remove(UUID companyId, String userId, UUID id) {
    ChallengeUser user =
        users.lockKnown(companyId, userId).orElseThrow(() -> new NotFound("authenticator"));
    Authenticator own =
        authenticators.of(user).stream().filter(a -> a.id().equals(id)).findFirst().orElse(null);
    if (own == null) {
      CredentialRecord passkey =
          passkeys(user).stream()
              .filter(record -> record.id().equals(id))
              .findFirst()
              .orElseThrow(() -> new NotFound("authenticator"));
      remove(user, passkey);
      recognizing.forget(user);
      return;
    }
    authenticators.remove(own);
    // Whatever it was lost with may be remembered, too.
    recognizing.forget(user);
    tell("authenticator-removed", user, own.method());
  }

  /** The owner of an account is told of it, and keeps a way to sign in. */
  private void remove(ChallengeUser user, CredentialRecord passkey) {
    UUID owner = Objects.requireNonNull(passkey.userId());
    if (owner.equals(user.id())) {
      credentials.remove(passkey);
      tell("authenticator-removed", user, VerificationMethod.PASSKEY);
    } else {
      passkeys.remove(people.find(user.companyId(), owner).orElseThrow(), passkey.id());
    }
  }

  private void tell(String type, ChallengeUser user, VerificationMethod method) {
    changes.fire(
        new ChallengeChanged(
            user.companyId(),
            type,
            user.id(),
            Map.of("user", user.userId(), "verificationMethod", method.name())));
  }
}
