package org.drawbridge.protection.control;

import org.drawbridge.account.entity.Decision;
import org.drawbridge.protection.control.Found.KnownAccount;
import org.drawbridge.protection.entity.Answer;
import org.jspecify.annotations.Nullable;

/** A check that was decided and is to be recorded, with what it does to the account. */
record Verdict(
    Question question, Answer answer, @Nullable KnownAccount account, @Nullable Decision decision) {

  boolean endsUnlock() {
    return decision != null && decision.endsUnlock();
  }
}
