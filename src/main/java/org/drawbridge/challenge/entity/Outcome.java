package org.drawbridge.challenge.entity;

/** What a company wants to happen when an action is attempted. */
public enum Outcome {
  ALLOW(AttemptState.ALLOW),
  BLOCK(AttemptState.BLOCK),
  CHALLENGE(AttemptState.CHALLENGE_REQUIRED),
  REVIEW(AttemptState.REVIEW_REQUIRED);

  private final AttemptState state;

  Outcome(AttemptState state) {
    this.state = state;
  }

  /** How an attempt with that outcome begins. */
  public AttemptState state() {
    return state;
  }
}
