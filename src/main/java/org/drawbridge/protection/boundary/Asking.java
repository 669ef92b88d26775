package org.drawbridge.protection.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.drawbridge.access.DomainCaller;
import org.drawbridge.access.DomainTokens;
import org.drawbridge.account.entity.AccountStatus;
import org.drawbridge.kernel.InTime;
import org.drawbridge.kernel.JsonBody;
import org.drawbridge.problem.LogLine;
import org.drawbridge.problem.Malformed;
import org.drawbridge.problem.MemberError;
import org.drawbridge.protection.control.Checking;
import org.drawbridge.protection.entity.Answer;
import org.drawbridge.protection.entity.Login;
import org.jspecify.annotations.Nullable;

/** What the calls that ask for a check have in common: how they read the body and answer. */
@ApplicationScoped
class Asking {

  private static final Logger LOG = Logger.getLogger(Asking.class.getName());

  @Inject Checking checking;
  @Inject AskingOwners owners;
  @Inject DomainTokens domainTokens;
  @Inject InTime inTime;

  /**
   * @param deadline by {@link System#nanoTime}
   */
  String answer(
      String token,
      DomainCaller caller,
      String userAccountId,
      boolean mustExist,
      Login login,
      long deadline) {
    Answer answer =
        checking.check(
            caller,
            () -> domainTokens.verifyAgain(token, deadline),
            userAccountId,
            mustExist,
            login,
            deadline);
    return CheckResponse.of(answer, number(caller, userAccountId, login, answer, deadline));
  }

  /** Where the account that is asked about could not be looked up in time. */
  String unrecorded(DomainCaller caller) {
    return CheckResponse.of(checking.unrecorded(caller), null);
  }

  /** Whatever becomes of asking the owner, the login stays blocked. */
  private @Nullable Integer number(
      DomainCaller caller, String userAccountId, Login login, Answer answer, long deadline) {
    if (answer.status() != AccountStatus.LOCKED || !answer.hasOwner() || !answer.recorded()) {
      return null;
    }
    try {
      return inTime
          .ask(deadline, () -> owners.ask(caller, userAccountId, answer.checkId(), login))
          .orElse(null);
    } catch (RuntimeException e) {
      LogLine.event("unlock-request.not-opened").log(LOG, Level.WARNING, e);
      return null;
    }
  }

  /** A check is not lost to how deep its decoration is nested. */
  static JsonObject object(byte @Nullable [] body) {
    JsonValue json = JsonBody.parsePruned(body == null ? new byte[0] : body);
    if (json instanceof JsonObject object) {
      return object;
    }
    throw new Malformed(List.of(new MemberError("", "must be a JSON object")));
  }
}
