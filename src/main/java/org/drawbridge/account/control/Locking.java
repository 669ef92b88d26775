package org.drawbridge.account.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.drawbridge.access.Caller;
import org.drawbridge.access.UserCaller;
import org.drawbridge.account.entity.Account;
import org.drawbridge.account.entity.Holds;
import org.drawbridge.account.entity.LockCause;
import org.drawbridge.account.entity.LockChange;
import org.drawbridge.account.entity.UnlockForbidden;
import org.drawbridge.kernel.CompanyEvent;
import org.drawbridge.problem.NotFound;
import org.jspecify.annotations.Nullable;

/** Locks and unlocks accounts at the word of an administrator, or of the person who owns them. */
@ApplicationScoped
public class Locking {

  @Inject Accounts accounts;
  @Inject RelockRules rules;
  @Inject PolicyHolds policies;
  @Inject Event<CompanyEvent> events;
  @Inject Clock clock;

  public Account lock(Caller caller, UUID accountId, @Nullable String reason) {
    Account account = settled(caller, accountId);
    record(account.lock(cause(caller), caller.actor(), reason, clock.instant()));
    return account;
  }

  /**
   * @param lasting how long; null to leave it to the owner's preferences
   * @throws UnlockForbidden where a policy does not let it be
   */
  public Account unlock(
      Caller caller, UUID accountId, @Nullable Duration lasting, @Nullable String reason) {
    Account account = settled(caller, accountId);
    Holds holds = policies.of(account);
    if (caller instanceof UserCaller) {
      holds.requireLettingOwner();
    } else {
      holds.requireLettingAdministrator();
    }
    policies.override(account);
    record(account.unlock(cause(caller), lasting, caller.actor(), reason, clock.instant()));
    return account;
  }

  /**
   * Unlocks at the owner's word, and that of the approvers whom policies ask.
   *
   * @param agreed the policies whose approvers have agreed
   * @param lasting how long; null to leave it to the owner's preferences
   * @throws UnlockForbidden where a policy does not let it be
   */
  public Account unlockApproved(
      UUID companyId,
      UUID accountId,
      UUID owner,
      Set<UUID> agreed,
      @Nullable Duration lasting,
      @Nullable String reason) {
    Account account = settled(accounts.lock(companyId, accountId));
    if (!owner.equals(account.userId())) {
      throw new NotFound("account");
    }
    policies.of(account).requireLettingOwnerWith(agreed);
    policies.override(account);
    record(
        account.unlock(LockCause.OWNER, lasting, UserCaller.actor(owner), reason, clock.instant()));
    return account;
  }

  /**
   * Locks because of a breach.
   *
   * @param source who told of it
   * @return whether the account was not locked by itself before
   */
  public boolean lockOnBreach(Account found, String actor, String source) {
    Account account = settled(accounts.lock(found.companyId(), found.id()));
    boolean wasLocked = account.lockState().locked();
    // Also then: a retry of the check that locked it must not let the login go on any more.
    LockChange change = account.lock(LockCause.AUTO_LOCK_ON_BREACH, actor, source, clock.instant());
    if (!wasLocked) {
      record(change);
    }
    return !wasLocked;
  }

  /**
   * Ends an unlock that would have ended by itself, because the password it was given under is no
   * more.
   *
   * @return whether it ended one
   */
  public boolean endUnlock(Account found, String actor) {
    Account account = settled(accounts.lock(found.companyId(), found.id()));
    Optional<LockChange> change =
        account.endUnlock(
            rules.of(account.companyId(), account.userId()),
            LockCause.PASSWORD_CHANGED,
            actor,
            clock.instant());
    change.ifPresent(this::record);
    return change.isPresent();
  }

  /**
   * Unlocks for a time whatever policies say; afterwards the account is locked by itself, until
   * somebody unlocks it again.
   *
   * @param actor names the code that was used
   */
  public Account breakGlass(
      UUID companyId, UUID accountId, Duration lasting, String actor, @Nullable String reason) {
    Account account = settled(accounts.lock(companyId, accountId));
    record(account.unlock(LockCause.BREAK_GLASS, lasting, actor, reason, clock.instant()));
    return account;
  }

  private Account settled(Caller caller, UUID accountId) {
    Account account = accounts.lock(caller.reach(), accountId);
    if (caller instanceof UserCaller person && !person.userId().equals(account.userId())) {
      throw new NotFound("account");
    }
    return settled(account);
  }

  private Account settled(Account account) {
    account
        .settle(rules.of(account.companyId(), account.userId()), clock.instant())
        .ifPresent(this::record);
    return account;
  }

  private static LockCause cause(Caller caller) {
    return caller instanceof UserCaller ? LockCause.OWNER : LockCause.ADMINISTRATOR;
  }

  private void record(LockChange change) {
    accounts.add(change);
    events.fire(change.event());
  }
}
