package org.drawbridge.challenge.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.drawbridge.account.control.Groups;
import org.drawbridge.account.entity.Account;
import org.drawbridge.challenge.entity.Action;
import org.drawbridge.challenge.entity.Attempt;
import org.drawbridge.challenge.entity.AttemptState;
import org.drawbridge.challenge.entity.ChallengeChanged;
import org.drawbridge.challenge.entity.ChallengeUser;
import org.drawbridge.challenge.entity.Facts;
import org.drawbridge.challenge.entity.Rule;
import org.drawbridge.challenge.entity.RuleSet;
import org.drawbridge.challenge.entity.RuleSet.Verdict;
import org.drawbridge.kernel.CompanyEvent;

/** Decides attempts by the rules of their actions. */
@ApplicationScoped
public class Deciding {

  static final int MOST_GROUPS = 300;

  @Inject Actions actions;
  @Inject RuleSets ruleSets;
  @Inject LockedAccounts accounts;
  @Inject Groups groups;
  @Inject Recognizing recognizing;
  @Inject Event<CompanyEvent> changes;

  /**
   * An attempt begins; the action appears by itself where it is new.
   *
   * @param named the protected accounts that are named as the user is
   */
  void decide(Attempt attempt, ChallengeUser user, List<Account> named, Instant now) {
    Action action = actions.seen(user.companyId(), attempt.action());
    RuleSet rules = ruleSets.of(action);
    Facts facts = facts(attempt, user, named, now);
    Verdict verdict = rules.decide(facts);
    attempt.decided(facts, action.rulesVersion(), verdict, now);
    if (attempt.state() == AttemptState.ALLOW) {
      recognizing.letIn(user, attempt, now);
    } else if (attempt.state().isRefusal()) {
      String rule = rules.rule(verdict.ruleId()).map(Rule::name).orElse("");
      changes.fire(
          new ChallengeChanged(
              user.companyId(),
              "challenge-blocked",
              user.id(),
              Map.of("user", user.userId(), "action", action.code(), "rule", rule)));
    }
  }

  private Facts facts(Attempt attempt, ChallengeUser user, List<Account> named, Instant now) {
    return Facts.about(
        attempt,
        recognizing.isKnown(user, attempt),
        user.whereabouts(),
        accounts.state(named, now),
        named.isEmpty() ? Set.of() : groups.of(user.companyId(), ids(named), MOST_GROUPS),
        now);
  }

  private static List<UUID> ids(List<Account> named) {
    return named.stream().map(Account::id).toList();
  }
}
