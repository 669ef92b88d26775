package org.drawbridge.registration.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.drawbridge.access.DomainCaller;
import org.drawbridge.account.control.Claiming;
import org.drawbridge.account.control.Enabling;
import org.drawbridge.company.control.Applications;
import org.drawbridge.credential.control.CredentialRecords;
import org.drawbridge.credential.control.Passkeys;
import org.drawbridge.credential.entity.CredentialRecord;
import org.drawbridge.credential.entity.CredentialUnknown;
import org.drawbridge.kernel.CompanyEvent;
import org.drawbridge.kernel.Ids;
import org.drawbridge.kernel.Notice;
import org.drawbridge.kernel.Vault;
import org.drawbridge.registration.entity.ConfirmationRefused;
import org.drawbridge.registration.entity.Person;
import org.drawbridge.registration.entity.SignUp;
import org.drawbridge.user.control.Users;
import org.drawbridge.user.entity.User;
import org.drawbridge.user.entity.UserChanged;

/**
 * Signs people up: a passkey that was registered for an account becomes a user's once a code that
 * was sent to the user comes back.
 *
 * <p>No answer tells whether there is a user of that name. Where there is one without a passkey,
 * the code goes to the address that the company knows, not to the one that was given; where there
 * is one with a passkey, that person is told, and no code counts.
 */
@ApplicationScoped
public class SigningUp {

  private static final String PURPOSE = "confirmation-code";
  private static final Duration WINDOW = Duration.ofHours(1);

  /** The first code of an account is always sent, so that nobody can use up another's codes. */
  private static final int CODES_OF_ACCOUNT = 5;

  private static final int CODES_TO_ADDRESS = 10;

  @Inject SignUps signUps;
  @Inject CredentialRecords records;
  @Inject Passkeys passkeys;
  @Inject Users users;
  @Inject Applications applications;
  @Inject Enabling enabling;
  @Inject Claiming claiming;
  @Inject Event<CompanyEvent> events;
  @Inject Event<Notice> notices;
  @Inject Vault vault;
  @Inject Clock clock;

  private final SecureRandom random = new SecureRandom();

  /**
   * Sends a code.
   *
   * @param credentialId that the caller's account has registered under that name
   * @throws CredentialUnknown where it has not
   */
  public void signUp(DomainCaller caller, Person person, byte[] credentialId) {
    CredentialRecord record =
        records
            .lock(caller.companyId(), credentialId)
            .filter(r -> r.awaits(caller.applicationId(), caller.subject(), person.username()))
            .orElseThrow(CredentialUnknown::new);
    Instant now = clock.instant();
    boolean isTooMuch = isTooMuch(caller, person, now);
    UUID id = Ids.next(now);
    String code = "%06d".formatted(random.nextInt(1_000_000));
    signUps.add(
        new SignUp(
            caller.companyId(),
            id,
            caller.applicationId(),
            caller.subject(),
            person,
            record.id(),
            vault.mac(PURPOSE, message(id, code)),
            now));
    if (!isTooMuch) {
      send(caller, person, code);
    }
  }

  private boolean isTooMuch(DomainCaller caller, Person person, Instant now) {
    long ofAccount = signUps.ofAccountSince(caller, now.minus(WINDOW));
    return ofAccount >= CODES_OF_ACCOUNT
        || (ofAccount > 0
            && signUps.toAddressSince(caller.companyId(), person.email(), now.minus(WINDOW))
                >= CODES_TO_ADDRESS);
  }

  private void send(DomainCaller caller, Person person, String code) {
    String application = applications.get(caller.companyId(), caller.applicationId()).name();
    Optional<User> known = users.named(caller.companyId(), person.username());
    boolean hasPasskey = known.filter(passkeys::areThereFor).isPresent();
    notices.fire(
        new Notice(
            caller.companyId(),
            hasPasskey ? "sign-up-declined" : "confirmation-code",
            known.map(User::email).orElse(person.email()),
            known.isPresent() ? known.get().phone() : person.phone(),
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
    if (!vault.isMac(PURPOSE, message(signUp.id(), code), signUp.codeMac())) {
      throw new ConfirmationRefused();
    }
    CredentialRecord record =
        records
            .find(signUp.companyId(), signUp.credentialRecordId())
            .filter(r -> r.awaits(caller.applicationId(), caller.subject(), username))
            .orElseThrow(ConfirmationRefused::new);
    Optional<User> known = users.named(signUp.companyId(), username);
    if (known.filter(passkeys::areThereFor).isPresent()) {
      throw new ConfirmationRefused();
    }
    // The account first: where it is somebody else's, nothing else happens.
    var account = enabling.enable(caller).account();
    account.requireClaimable(known.map(User::id).orElse(null));
    User user = known.orElseGet(() -> add(signUp, now));
    user.verifiedEmail();
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
    users.add(user);
    events.fire(new UserChanged(user.companyId(), "user-signed-up", user.id(), Map.of()));
    return user;
  }

  private static byte[] message(UUID id, String code) {
    return (id + "/" + code).getBytes(StandardCharsets.UTF_8);
  }
}
