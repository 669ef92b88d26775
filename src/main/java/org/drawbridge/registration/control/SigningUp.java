package org.drawbridge.registration.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.drawbridge.access.DomainCaller;
import org.drawbridge.account.control.Claiming;
import org.drawbridge.account.control.Enabling;
import org.drawbridge.account.entity.Account;
import org.drawbridge.company.control.Applications;
import org.drawbridge.credential.control.CredentialRecords;
import org.drawbridge.credential.control.Passkeys;
import org.drawbridge.credential.entity.CredentialRecord;
import org.drawbridge.credential.entity.CredentialUnknown;
import org.drawbridge.kernel.CompanyEvent;
import org.drawbridge.kernel.Dialling;
import org.drawbridge.kernel.Ids;
import org.drawbridge.kernel.Notice;
import org.drawbridge.kernel.Recipient;
import org.drawbridge.kernel.Vault;
import org.drawbridge.problem.Impossible;
import org.drawbridge.registration.entity.ConfirmationRefused;
import org.drawbridge.registration.entity.Person;
import org.drawbridge.registration.entity.SignUp;
import org.drawbridge.user.control.Recipients;
import org.drawbridge.user.control.Users;
import org.drawbridge.user.entity.User;
import org.drawbridge.user.entity.UserChanged;
import org.jspecify.annotations.Nullable;

/**
 * Signs people up: a passkey that was registered for an account becomes a user's once a code that
 * was sent to the user comes back. Mail and SMS carry different codes, so that whoever reads the
 * one proves nothing about the other.
 *
 * <p>No answer tells whether there is a user of that name. Where there is one without a passkey,
 * the code goes to the address that the company knows, not to the one that was given; where there
 * is one with a passkey, that person is told, and no code counts. Nor does a code that went to
 * somebody else than whose name it is by the time it comes back: the company may have added that
 * person, or changed an address, meanwhile.
 */
@ApplicationScoped
public class SigningUp {

  private static final int CODE_LENGTH = 6;
  private static final String MAILED = "confirmation-code";
  private static final String TEXTED = "confirmation-code-sms";
  private static final Duration WINDOW = Duration.ofHours(1);

  /** The first code of an account is always sent, so that nobody can use up another's codes. */
  private static final int CODES_OF_ACCOUNT = 5;

  private static final int CODES_TO_ADDRESS = 10;

  @Inject SignUps signUps;
  @Inject CredentialRecords records;
  @Inject Passkeys passkeys;
  @Inject Users users;
  @Inject Recipients recipients;
  @Inject Applications applications;
  @Inject Enabling enabling;
  @Inject Claiming claiming;
  @Inject Event<CompanyEvent> events;
  @Inject Event<Notice> notices;
  @Inject Vault vault;
  @Inject Clock clock;

  /**
   * Sends a code.
   *
   * @param credentialId that the caller's account has registered under that name
   * @throws CredentialUnknown where it has not
   * @throws Impossible where the name is an address of somebody else
   */
  public void signUp(DomainCaller caller, Person person, byte[] credentialId) {
    person.requireOwnName();
    // One after the other, so that each counts the codes that were sent before it.
    applications.lock(caller.companyId(), caller.applicationId());
    CredentialRecord record =
        records
            .lock(caller.companyId(), credentialId)
            .filter(r -> r.awaits(caller.applicationId(), caller.subject(), person.username()))
            .orElseThrow(CredentialUnknown::new);
    Instant now = clock.instant();
    UUID id = Ids.next(now);
    String mailed = vault.randomDigits(CODE_LENGTH);
    String texted = vault.randomDigits(CODE_LENGTH);
    SignUp signUp =
        new SignUp(
            caller.companyId(),
            id,
            caller.applicationId(),
            caller.subject(),
            person,
            record.id(),
            vault.mac(MAILED, message(id, mailed)),
            vault.mac(TEXTED, message(id, texted)),
            now);
    Optional<User> known = users.named(caller.companyId(), person.username());
    String email = known.map(User::email).orElse(person.email());
    String given = known.isPresent() ? known.get().phone() : person.phone();
    // However often it is punctuated anew, it is one number.
    String phone = given == null ? null : Dialling.digits(given);
    if (isTooMuch(caller, email, phone, now)) {
      // What was sent before still counts. Codes that nobody was sent would only be more to guess.
      return;
    }
    signUp.sentTo(email, phone);
    signUps.add(signUp);
    boolean hasPasskey = known.filter(passkeys::areThereFor).isPresent();
    UUID companyId = caller.companyId();
    send(caller, hasPasskey, recipients.anybody(companyId, email, null), mailed);
    if (phone != null) {
      send(caller, hasPasskey, recipients.anybody(companyId, null, phone), texted);
    }
  }

  private boolean isTooMuch(
      DomainCaller caller, String email, @Nullable String phone, Instant now) {
    Instant since = now.minus(WINDOW);
    long ofAccount = signUps.ofAccountSince(caller, since);
    return ofAccount >= CODES_OF_ACCOUNT
        || (ofAccount > 0
            && signUps.toAddressSince(caller.companyId(), email, phone, since) >= CODES_TO_ADDRESS);
  }

  private void send(DomainCaller caller, boolean hasPasskey, Recipient to, String code) {
    String application = applications.get(caller.companyId(), caller.applicationId()).name();
    notices.fire(
        new Notice(
            hasPasskey ? "sign-up-declined" : "confirmation-code",
            to,
            hasPasskey
                ? Map.of("application", application)
                : Map.of(
                    "application",
                    application,
                    "code",
                    code,
                    "minutes",
                    Long.toString(SignUp.LIFETIME.toMinutes()))));
  }

  /**
   * Takes the code, makes the passkey the user's, and the account. A wrong code is a try, as long
   * as the transaction is not rolled back.
   *
   * @throws ConfirmationRefused for whatever is wrong with it
   */
  public User confirm(DomainCaller caller, String username, String code) {
    SignUp signUp = signUps.newest(caller, username).orElseThrow(ConfirmationRefused::new);
    Instant now = clock.instant();
    signUp.tried(now);
    byte[] message = message(signUp.id(), code);
    boolean wasMailed = vault.isMac(MAILED, message, signUp.mailedCodeMac());
    boolean wasTexted = signUp.wasTexted() && vault.isMac(TEXTED, message, signUp.textedCodeMac());
    if (!wasMailed && !wasTexted) {
      throw new ConfirmationRefused();
    }
    CredentialRecord record =
        records
            .find(signUp.companyId(), signUp.credentialRecordId())
            .filter(r -> r.awaits(caller.applicationId(), caller.subject(), username))
            .orElseThrow(ConfirmationRefused::new);
    // Held, so that of two who confirm at once the second sees the first one's passkey.
    Optional<User> known = users.lockNamed(signUp.companyId(), username);
    if (known.filter(passkeys::areThereFor).isPresent()) {
      throw new ConfirmationRefused();
    }
    boolean wentToKnown =
        known
            .map(
                user ->
                    (wasMailed && signUp.wasMailedTo(user.email()))
                        || (wasTexted && signUp.wasTextedTo(user.phone())))
            .orElse(true);
    if (!wentToKnown) {
      throw new ConfirmationRefused();
    }
    // The account first: where it is somebody else's, nothing else happens.
    Account account = enabling.enableFor(caller, known.map(User::id).orElse(null));
    User user = known.orElseGet(() -> add(signUp, now));
    if (wasMailed && signUp.wasMailedTo(user.email())) {
      user.verifiedEmail();
    }
    claiming.claim(account, user.id());
    passkeys.give(record, user);
    signUp.finish(now);
    return user;
  }

  private User add(SignUp signUp, Instant now) {
    Person person = signUp.person();
    User user =
        new User(
            signUp.companyId(),
            Ids.next(now),
            person.username(),
            person.email(),
            person.firstName(),
            person.lastName(),
            now);
    user.phonedAt(person.phone());
    user.claimsEmail();
    users.add(user);
    events.fire(new UserChanged(user.companyId(), "user-signed-up", user.id(), Map.of()));
    return user;
  }

  private static byte[] message(UUID id, String code) {
    return (id + "/" + code).getBytes(StandardCharsets.UTF_8);
  }
}
