package org.drawbridge.protection.control;

import org.drawbridge.protection.entity.Answer;

/** What became of a question. */
sealed interface Outcome {

  /** It was recorded, now or, for a retry, before. */
  record Answered(Answer answer) implements Outcome {}

  /** The account had to exist, and does not; nothing was recorded. */
  record NoSuchAccount() implements Outcome {}

  /** The application or its keys changed since the caller was verified; nothing was recorded. */
  record CallerOutdated() implements Outcome {}
}
