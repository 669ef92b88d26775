package org.drawbridge.challenge.control;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.drawbridge.account.entity.AccountStatus;
import org.drawbridge.account.entity.LockState;
import org.drawbridge.account.entity.RelockRule;
import org.drawbridge.challenge.entity.Attempt;
import org.drawbridge.challenge.entity.ChallengeSettings;
import org.drawbridge.challenge.entity.Contact;
import org.drawbridge.challenge.entity.KnownDevice;
import org.drawbridge.challenge.entity.VerificationMethod;
import org.drawbridge.challenge.entity.Whereabouts;
import org.drawbridge.kernel.OwnedId;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a user whose action is tracked, read for many at once.
 *
 * @param enrolled what the person can answer challenges with
 * @param preferred of these; null for none
 * @param device the one that the company names; null where it is not known
 * @param rulesVersion that the action has now
 * @param settings of the company
 * @param accounts the protected accounts that are named as the user is
 */
record FoundUser(
    OwnedId key,
    Contact contact,
    Whereabouts whereabouts,
    Set<VerificationMethod> enrolled,
    @Nullable VerificationMethod preferred,
    @Nullable KnownDevice device,
    int rulesVersion,
    ChallengeSettings settings,
    List<FoundAccount> accounts) {

  /**
   * A protected account.
   *
   * @param rule of its owner, where the account allows it
   * @param addsPasskey whether the user can answer with a passkey of its owner's
   */
  record FoundAccount(
      boolean enabled, LockState state, RelockRule rule, boolean addsPasskey, Set<UUID> groups) {

    AccountStatus status(Instant now) {
      return enabled ? AccountStatus.of(state.isLockedAt(now, rule)) : AccountStatus.NOT_PROTECTED;
    }
  }

  /** The same with the accounts that are named as the user is. */
  FoundUser with(List<FoundAccount> named) {
    Set<VerificationMethod> methods = EnumSet.copyOf(enrolled);
    if (named.stream().anyMatch(FoundAccount::addsPasskey)) {
      methods.add(VerificationMethod.PASSKEY);
    }
    return new FoundUser(
        key, contact, whereabouts, methods, preferred, device, rulesVersion, settings, named);
  }

  AccountStatus status(Instant now) {
    return AccountStatus.ofAll(accounts.stream().map(account -> account.status(now)));
  }

  Set<UUID> groups() {
    return accounts.stream()
        .flatMap(account -> account.groups().stream())
        .limit(Deciding.MOST_GROUPS)
        .collect(Collectors.toUnmodifiableSet());
  }

  boolean isOnKnownDevice(Attempt attempt, Instant now) {
    return device != null && device.isKnown(Recognizing.client(attempt.userAgent()), now);
  }
}
