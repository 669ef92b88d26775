package org.drawbridge.account.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.drawbridge.kernel.CompanyEvent;
import org.drawbridge.kernel.Ids;
import org.drawbridge.kernel.OwnedId;
import org.jspecify.annotations.Nullable;

/** One change of an account's lock state, with its cause. Written once, never altered. */
@Entity
@Table(name = "lock_changes")
@IdClass(OwnedId.class)
public class LockChange {

  /** The actor of a change that no caller asked for. */
  public static final String BY_ITSELF = "drawbridge";

  @Id
  @Column(name = "company_id")
  private UUID companyId;

  @Id
  @Column(name = "id")
  private UUID id;

  @Column(name = "account_id")
  private UUID accountId;

  @Column(name = "locked")
  private boolean locked;

  @Enumerated(EnumType.STRING)
  @Column(name = "cause")
  private LockCause cause;

  @Column(name = "actor")
  private String actor;

  @Column(name = "reason")
  private @Nullable String reason;

  @Column(name = "check_id")
  private @Nullable UUID checkId;

  @Column(name = "changed_at")
  private Instant changedAt;

  protected LockChange() {}

  static LockChange of(
      Account account, LockCause cause, String actor, @Nullable String reason, Instant at) {
    LockChange change = new LockChange();
    change.companyId = account.companyId();
    change.id = Ids.next(at);
    change.accountId = account.id();
    change.locked = account.lockState().locked() || account.lockState().held();
    change.cause = cause;
    change.actor = actor;
    change.reason = reason;
    change.changedAt = at;
    return change;
  }

  /** The state an account was added with. */
  public static LockChange initial(Account account, String actor) {
    return of(account, LockCause.INITIAL, actor, null, account.createdAt());
  }

  public UUID companyId() {
    return companyId;
  }

  public UUID id() {
    return id;
  }

  public UUID accountId() {
    return accountId;
  }

  public boolean isLocked() {
    return locked;
  }

  public LockCause cause() {
    return cause;
  }

  public String actor() {
    return actor;
  }

  public @Nullable String reason() {
    return reason;
  }

  /** The check that ended the unlock, where one did. */
  public @Nullable UUID checkId() {
    return checkId;
  }

  public Instant changedAt() {
    return changedAt;
  }

  /** The event that tells of this change. */
  public CompanyEvent event() {
    return locked
        ? new AccountLocked(companyId, accountId, cause, reason, id)
        : new AccountUnlocked(companyId, accountId, cause, reason, id);
  }

  /** One line for a person, as the account's history shows it. */
  @Override
  public String toString() {
    return changedAt
        + (locked ? " LOCKED " : " UNLOCKED ")
        + cause
        + " by "
        + actor
        + (reason == null ? "" : ": " + reason);
  }
}
