package org.drawbridge.policy.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.UUID;
import org.drawbridge.account.entity.PolicyAction;
import org.drawbridge.kernel.OwnedId;
import org.jspecify.annotations.Nullable;

/**
 * A rule of a company that locks and unlocks its accounts.
 *
 * <p>Its life: created, patched, due and executed many times, ended by its date, deleted. What it
 * holds it lets go when it ends, is put off or is deleted; its row stays, because executions and
 * lock changes name it.
 */
@Entity
@Table(name = "policies")
@IdClass(OwnedId.class)
public class Policy {

  @Id
  @Column(name = "company_id")
  private UUID companyId;

  @Id
  @Column(name = "id")
  private UUID id;

  @Column(name = "policy_key")
  private @Nullable String key;

  @Embedded private PolicyTerms terms;

  @Column(name = "due_at")
  private @Nullable Instant dueAt;

  @Enumerated(EnumType.STRING)
  @Column(name = "in_force")
  private @Nullable PolicyAction inForce;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "modified_at")
  private Instant modifiedAt;

  @Column(name = "deleted_at")
  private @Nullable Instant deletedAt;

  @Version
  @Column(name = "version")
  private long version;

  protected Policy() {}

  public Policy(UUID companyId, UUID id, String key, PolicyTerms terms, Instant now) {
    this.companyId = companyId;
    this.id = id;
    this.key = key;
    this.terms = terms;
    this.createdAt = now;
    this.modifiedAt = now.truncatedTo(ChronoUnit.MICROS);
  }

  /** New terms, or other members: both make a new version. */
  public void revise(PolicyTerms revised, Instant now) {
    terms = revised;
    Instant at = now.truncatedTo(ChronoUnit.MICROS);
    // Never the same twice, so that every revision has a number of its own.
    modifiedAt = at.isAfter(modifiedAt) ? at : modifiedAt.plus(1, ChronoUnit.MICROS);
  }

  /**
   * @param at when the timer has to look at it again; null for never
   */
  public void dueAt(@Nullable Instant at) {
    dueAt = at;
  }

  /** From now on, accounts that become members are treated like those that are. */
  public void takeEffect(PolicyAction action) {
    inForce = action.holds() ? action : null;
  }

  /** It has ended, or is put off: it does nothing more, until its end is moved or it begins. */
  public void end() {
    inForce = null;
    dueAt = null;
  }

  public void delete(Instant now) {
    end();
    key = null;
    deletedAt = now;
  }

  public boolean isDeleted() {
    return deletedAt != null;
  }

  public UUID companyId() {
    return companyId;
  }

  public UUID id() {
    return id;
  }

  public String key() {
    return Objects.requireNonNullElse(key, "");
  }

  public PolicyTerms terms() {
    return terms;
  }

  public @Nullable Instant dueAt() {
    return dueAt;
  }

  /** How it holds its members now; null where it holds none. */
  public @Nullable PolicyAction inForce() {
    return inForce;
  }

  /** Grows with every revision, and not with what the policy does; for {@code ETag}. */
  public long revision() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, modifiedAt);
  }
}
