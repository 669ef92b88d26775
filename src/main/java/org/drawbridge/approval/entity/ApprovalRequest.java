package org.drawbridge.approval.entity;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.drawbridge.kernel.OwnedId;
import org.jspecify.annotations.Nullable;

/**
 * Asks approvers, of whom a quorum has to agree.
 *
 * <p>Its life: opened, voted on, and decided once: approved by the vote that completes the quorum,
 * rejected by the first vote against it, or expired. A vote is for good.
 */
@Entity
@Table(name = "approval_requests")
@IdClass(OwnedId.class)
public class ApprovalRequest {

  /** How long approvers are waited for. */
  public static final Duration LIFETIME = Duration.ofHours(1);

  /** How far it has come. */
  public enum State {
    PENDING,
    APPROVED,
    REJECTED,
    EXPIRED
  }

  @Id
  @Column(name = "company_id")
  private UUID companyId;

  @Id
  @Column(name = "id")
  private UUID id;

  @Column(name = "unlock_request_id")
  private @Nullable UUID unlockRequestId;

  @Column(name = "policy_id")
  private @Nullable UUID policyId;

  @Column(name = "application_id")
  private @Nullable UUID applicationId;

  @Column(name = "requested_by")
  private @Nullable UUID requestedBy;

  @Column(name = "title")
  private String title;

  @Column(name = "text")
  private String text;

  @Column(name = "signed")
  private boolean signed;

  @Column(name = "quorum")
  private int quorum;

  @Enumerated(EnumType.STRING)
  @Column(name = "state")
  private State state;

  @Column(name = "opened_at")
  private Instant openedAt;

  @Column(name = "expiry")
  private Instant expiry;

  @Column(name = "decided_at")
  private @Nullable Instant decidedAt;

  @Column(name = "escalates_at")
  private @Nullable Instant escalatesAt;

  @ElementCollection(fetch = FetchType.EAGER)
  @CollectionTable(
      name = "approval_request_fallbacks",
      joinColumns = {
        @JoinColumn(name = "company_id", referencedColumnName = "company_id"),
        @JoinColumn(name = "request_id", referencedColumnName = "id")
      })
  @Column(name = "user_id")
  private Set<UUID> fallback = new HashSet<>();

  @ElementCollection(fetch = FetchType.EAGER)
  @CollectionTable(
      name = "approval_request_approvers",
      joinColumns = {
        @JoinColumn(name = "company_id", referencedColumnName = "company_id"),
        @JoinColumn(name = "request_id", referencedColumnName = "id")
      })
  @Column(name = "user_id")
  private Set<UUID> approvers = new HashSet<>();

  @ElementCollection(fetch = FetchType.EAGER)
  @CollectionTable(
      name = "approval_votes",
      joinColumns = {
        @JoinColumn(name = "company_id", referencedColumnName = "company_id"),
        @JoinColumn(name = "request_id", referencedColumnName = "id")
      })
  @MapKeyColumn(name = "user_id")
  private Map<UUID, Vote> votes = new HashMap<>();

  @Version
  @Column(name = "version")
  private long version;

  protected ApprovalRequest() {}

  private ApprovalRequest(
      UUID companyId,
      UUID id,
      @Nullable UUID requestedBy,
      String title,
      String text,
      Set<UUID> approvers,
      int quorum,
      Instant now) {
    this.companyId = companyId;
    this.id = id;
    this.requestedBy = requestedBy;
    this.title = title;
    this.text = text;
    this.quorum = quorum;
    this.state = State.PENDING;
    this.openedAt = now;
    this.expiry = now.plus(LIFETIME);
    this.approvers.addAll(approvers);
    if (requestedBy != null) {
      this.approvers.remove(requestedBy);
    }
  }

  /** Whether the quorum can be reached at all, with whoever may be asked later. */
  private ApprovalRequest reachable() {
    Set<UUID> all = new HashSet<>(approvers);
    all.addAll(fallback);
    if (all.size() < quorum) {
      throw new ApproversMissing(title, quorum, all.size());
    }
    return this;
  }

  private void escalateTo(Set<UUID> others, Instant at) {
    fallback.addAll(others);
    if (requestedBy != null) {
      fallback.remove(requestedBy);
    }
    fallback.removeAll(approvers);
    escalatesAt = fallback.isEmpty() ? null : at;
  }

  /**
   * Asks the fallback approvers, too, where there is no decision yet.
   *
   * @return those who are asked now
   */
  public Set<UUID> escalate(Instant now) {
    if (stateAt(now) != State.PENDING || escalatesAt == null || now.isBefore(escalatesAt)) {
      return Set.of();
    }
    escalatesAt = null;
    approvers.addAll(fallback);
    return Set.copyOf(fallback);
  }

  /**
   * Asks the approvers of a policy for an unlock.
   *
   * @param approvers of whom the requester, nobody's own approver, does not count
   * @param fallback who is asked, too, after some time
   * @param escalateAfter that time; null for never
   * @throws ApproversMissing where there are not enough for the quorum
   */
  public static ApprovalRequest ofUnlock(
      UnlockRequest unlock,
      UUID id,
      UUID policyId,
      String title,
      String text,
      Set<UUID> approvers,
      Set<UUID> fallback,
      @Nullable Duration escalateAfter,
      int quorum,
      Instant now) {
    ApprovalRequest request =
        new ApprovalRequest(
            unlock.companyId(), id, unlock.userId(), title, text, approvers, quorum, now);
    request.unlockRequestId = unlock.id();
    request.policyId = policyId;
    if (escalateAfter != null) {
      request.escalateTo(fallback, now.plus(escalateAfter));
    }
    return request.reachable();
  }

  /**
   * Asks at the word of an application.
   *
   * @param requestedBy the user whose account it is about; null where it is nobody's
   * @param text the template's, filled in
   * @throws ApproversMissing where there are not enough for the quorum
   */
  public static ApprovalRequest ofTemplate(
      ApprovalTemplate template,
      UUID id,
      UUID applicationId,
      @Nullable UUID requestedBy,
      String text,
      Set<UUID> approvers,
      Instant now) {
    ApprovalRequest request =
        new ApprovalRequest(
            template.companyId(),
            id,
            requestedBy,
            template.title(),
            text,
            approvers,
            template.quorum(),
            now);
    request.applicationId = applicationId;
    request.signed = template.isSigned();
    return request.reachable();
  }

  /**
   * Counts a vote; the same vote again changes nothing.
   *
   * @return whether this vote decides the request
   * @throws SelfApprovalForbidden where the approver is the requester
   * @throws ApprovalRequestClosed where it is decided, or its time is over
   * @throws AlreadyVoted where the approver has voted otherwise
   */
  public boolean vote(UUID approver, Vote vote) {
    if (approver.equals(requestedBy)) {
      throw new SelfApprovalForbidden();
    }
    Vote earlier = votes.get(approver);
    if (earlier != null && earlier.approves() == vote.approves()) {
      return false;
    }
    State now = stateAt(vote.votedAt());
    if (now != State.PENDING) {
      throw new ApprovalRequestClosed(now);
    }
    if (earlier != null) {
      throw new AlreadyVoted();
    }
    votes.put(approver, vote);
    if (!vote.approves()) {
      decide(State.REJECTED, vote.votedAt());
    } else if (approvals() >= quorum) {
      decide(State.APPROVED, vote.votedAt());
    }
    return state != State.PENDING;
  }

  /** Somebody else's no, or the time, decides it. */
  public void close(State decision, Instant now) {
    if (state == State.PENDING) {
      decide(decision, now);
    }
  }

  private void decide(State decision, Instant now) {
    state = decision;
    decidedAt = now;
  }

  /** Whether it is pending although its time is over. */
  public boolean isOverdue(Instant now) {
    return state != stateAt(now);
  }

  /** Who has voted, and how. */
  public Map<UUID, Vote> votes() {
    return Map.copyOf(votes);
  }

  public boolean isApprover(UUID user) {
    return approvers.contains(user);
  }

  /** As it was last written; see {@link #stateAt}. */
  public State state() {
    return state;
  }

  /** What is pending and too old is expired, also before the timer has noticed. */
  public State stateAt(Instant now) {
    return state == State.PENDING && !now.isBefore(expiry) ? State.EXPIRED : state;
  }

  /** How many have said yes. */
  public int approvals() {
    return (int) votes.values().stream().filter(Vote::approves).count();
  }

  /** Null where the approver has not voted. */
  public @Nullable Vote voteOf(UUID approver) {
    return votes.get(approver);
  }

  public UUID companyId() {
    return companyId;
  }

  public UUID id() {
    return id;
  }

  /** Null where it is not about an unlock. */
  public @Nullable UUID unlockRequestId() {
    return unlockRequestId;
  }

  /** The policy whose approvers are asked; null where it is not about an unlock. */
  public @Nullable UUID policyId() {
    return policyId;
  }

  /** The application that asks; null where it is about an unlock. */
  public @Nullable UUID applicationId() {
    return applicationId;
  }

  public @Nullable UUID requestedBy() {
    return requestedBy;
  }

  public Set<UUID> approvers() {
    return Set.copyOf(approvers);
  }

  public String title() {
    return title;
  }

  public String text() {
    return text;
  }

  /** Whether a yes has to be signed with a passkey. */
  public boolean isSigned() {
    return signed;
  }

  public int quorum() {
    return quorum;
  }

  public Instant openedAt() {
    return openedAt;
  }

  public Instant expiry() {
    return expiry;
  }

  public @Nullable Instant decidedAt() {
    return decidedAt;
  }
}
