package org.drawbridge.policy.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.drawbridge.kernel.OwnedId;
import org.jspecify.annotations.Nullable;

/**
 * One time that a policy acts on its accounts, in chunks, in the order of their ids. What was done
 * is written with each chunk, so that whoever goes on after a crash goes on behind it.
 */
@Entity
@Table(name = "policy_executions")
@IdClass(OwnedId.class)
public class PolicyExecution {

  @Id
  @Column(name = "company_id")
  private UUID companyId;

  @Id
  @Column(name = "id")
  private UUID id;

  @Column(name = "policy_id")
  private UUID policyId;

  @Column(name = "occurrence")
  private String occurrence;

  @Enumerated(EnumType.STRING)
  @Column(name = "effect")
  private Effect effect;

  @Column(name = "group_id")
  private @Nullable UUID groupId;

  @Column(name = "actor")
  private String actor;

  @Column(name = "due_at")
  private Instant dueAt;

  @Column(name = "started_at")
  private Instant startedAt;

  @Column(name = "finished_at")
  private @Nullable Instant finishedAt;

  @Column(name = "done_to")
  private @Nullable UUID doneTo;

  @Column(name = "changed_accounts")
  private long changedAccounts;

  protected PolicyExecution() {}

  /**
   * @param occurrence equal for what must happen only once
   * @param dueAt when it should have started; executions of a policy follow this order
   */
  public PolicyExecution(
      Policy policy,
      UUID id,
      String occurrence,
      Effect effect,
      String actor,
      Instant dueAt,
      Instant now) {
    this.companyId = policy.companyId();
    this.id = id;
    this.policyId = policy.id();
    this.occurrence = occurrence;
    this.effect = effect;
    this.actor = actor;
    this.dueAt = dueAt;
    this.startedAt = now;
  }

  /** Acts on the accounts of one group alone. */
  public PolicyExecution onlyGroup(UUID group) {
    this.groupId = group;
    return this;
  }

  /**
   * @param last the greatest id of the accounts of the chunk
   */
  public void chunkDone(UUID last, long changed) {
    doneTo = last;
    changedAccounts += changed;
  }

  /**
   * @param changed by what was done last
   */
  public void finish(long changed, Instant now) {
    changedAccounts += changed;
    finishedAt = now;
  }

  /** Whether it has not begun to do that to all accounts of the policy, for that actor. */
  public boolean isStillToDo(Effect wanted, String whose) {
    return finishedAt == null
        && doneTo == null
        && groupId == null
        && effect == wanted
        && actor.equals(whose);
  }

  public UUID companyId() {
    return companyId;
  }

  public UUID id() {
    return id;
  }

  public UUID policyId() {
    return policyId;
  }

  public Instant dueAt() {
    return dueAt;
  }

  public Effect effect() {
    return effect;
  }

  /** Null for all accounts of the policy. */
  public @Nullable UUID groupId() {
    return groupId;
  }

  public String actor() {
    return actor;
  }

  /** Null where nothing is done yet. */
  public @Nullable UUID doneTo() {
    return doneTo;
  }
}
