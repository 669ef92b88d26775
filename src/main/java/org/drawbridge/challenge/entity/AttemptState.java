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
  REVIEW_FAILED
}
