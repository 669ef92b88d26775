package org.drawbridge.approval.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.drawbridge.approval.entity.ApprovalRequest.State;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An approval request with a quorum of two")
class ApprovalRequestTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant ONE = Instant.parse("2026-03-01T13:00:00Z");

  private final UUID requester = UUID.randomUUID();
  private final UUID ana = UUID.randomUUID();
  private final UUID ben = UUID.randomUUID();
  private final UUID eva = UUID.randomUUID();
  private final UUID max = UUID.randomUUID();
  private final ApprovalRequest request = request(Set.of(requester, ana, ben, eva), 2);

  private ApprovalRequest request(Set<UUID> approvers, int quorum) {
    UUID company = UUID.randomUUID();
    return ApprovalRequest.ofUnlock(
        new UnlockRequest(company, UUID.randomUUID(), UUID.randomUUID(), requester, null, NOON),
        UUID.randomUUID(),
        UUID.randomUUID(),
        "Payments",
        "Somebody asks.",
        approvers,
        Set.of(requester, ben, max),
        Duration.ofMinutes(15),
        quorum,
        NOON);
  }

  @Test
  @DisplayName("is approved by the second vote, and only that vote decides it")
  void quorum() {
    assertThat(request.vote(ana, Vote.yes(NOON))).isFalse();
    assertThat(request.stateAt(NOON)).isEqualTo(State.PENDING);
    assertThat(request.vote(ben, Vote.yes(NOON))).isTrue();
    assertThat(request.stateAt(NOON)).isEqualTo(State.APPROVED);
    assertThat(request.vote(ben, Vote.yes(NOON))).isFalse();
    assertThatThrownBy(() -> request.vote(eva, Vote.yes(NOON)))
        .isInstanceOf(ApprovalRequestClosed.class);
  }

  @Test
  @DisplayName("counts an approver once")
  void twice() {
    request.vote(ana, Vote.yes(NOON));
    assertThat(request.vote(ana, Vote.yes(NOON))).isFalse();
    assertThat(request.approvals()).isEqualTo(1);
    assertThatThrownBy(() -> request.vote(ana, Vote.no(NOON))).isInstanceOf(AlreadyVoted.class);
    assertThat(request.stateAt(NOON)).isEqualTo(State.PENDING);
  }

  @Test
  @DisplayName("is rejected by the first no, whatever was said before")
  void no() {
    request.vote(ana, Vote.yes(NOON));
    assertThat(request.vote(ben, Vote.no(NOON))).isTrue();
    assertThat(request.stateAt(NOON)).isEqualTo(State.REJECTED);
    assertThatThrownBy(() -> request.vote(eva, Vote.yes(NOON)))
        .isInstanceOf(ApprovalRequestClosed.class);
  }

  @Test
  @DisplayName("is not approved by who asks for it")
  void oneself() {
    assertThat(request.isApprover(requester)).isFalse();
    assertThatThrownBy(() -> request.vote(requester, Vote.yes(NOON)))
        .isInstanceOf(SelfApprovalForbidden.class);
    assertThatThrownBy(() -> request(Set.of(requester, ana), 4))
        .isInstanceOf(ApproversMissing.class)
        .hasMessageContaining("needs 4");
  }

  @Test
  @DisplayName("asks the fallback approvers once, after their time, while it is not decided")
  void escalation() {
    Instant quarterPast = NOON.plusSeconds(900);
    assertThat(request.escalate(quarterPast.minusNanos(1))).isEmpty();
    assertThat(request.isApprover(max)).isFalse();
    assertThat(request.escalate(quarterPast)).containsExactly(max);
    assertThat(request.isApprover(max)).isTrue();
    assertThat(request.escalate(quarterPast)).isEmpty();
    assertThat(request.isApprover(requester)).isFalse();

    ApprovalRequest decided = request(Set.of(ana), 1);
    decided.vote(ana, Vote.yes(NOON));
    assertThat(decided.escalate(quarterPast)).isEmpty();
  }

  @Test
  @DisplayName("takes no vote after an hour")
  void expiry() {
    request.vote(ana, Vote.yes(ONE.minusNanos(1)));
    assertThatThrownBy(() -> request.vote(ben, Vote.yes(ONE)))
        .isInstanceOf(ApprovalRequestClosed.class)
        .hasMessageContaining("expired");
  }
}
