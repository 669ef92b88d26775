package org.drawbridge.approval.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    assertThatThrownBy(() -> request(Set.of(requester, ana), 2))
        .isInstanceOf(ApproversMissing.class)
        .hasMessageContaining("needs 2");
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
