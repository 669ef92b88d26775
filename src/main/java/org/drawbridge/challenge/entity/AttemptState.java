package org.drawbridge.challenge.entity;

/** How an attempt stands, in the words of the challenge API. */
public enum AttemptState {
  ALLOW,
  BLOCK,
  CHALLENGE_REQUIRED,
  CHALLENGE_SUCCEEDED,
  CHALLENGE_FAILED,
  REVIEW_REQUIRED,
  REVIEW_SUCCEEDED,
  REVIEW_FAILED;

  /** Whether the person is not let in, and nothing that the person does changes that. */
  public boolean isRefusal() {
    return this == BLOCK || this == REVIEW_REQUIRED || this == REVIEW_FAILED;
  }

  /**
   * What who tracks is told: a decision. Clients let an enrolled person through in any state but
   * {@link #BLOCK} and {@link #CHALLENGE_REQUIRED}, so that waiting for a review is a no.
   */
  public AttemptState tracked() {
    return switch (this) {
      case ALLOW, CHALLENGE_SUCCEEDED, REVIEW_SUCCEEDED -> ALLOW;
      case CHALLENGE_REQUIRED -> CHALLENGE_REQUIRED;
      case BLOCK, CHALLENGE_FAILED, REVIEW_REQUIRED, REVIEW_FAILED -> BLOCK;
    };
  }
}
