package org.drawbridge.account.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.drawbridge.account.entity.Account;
import org.drawbridge.account.entity.Holds;
import org.drawbridge.account.entity.LockChange;
import org.drawbridge.account.entity.LockState;
import org.drawbridge.account.entity.PolicyHold;
import org.drawbridge.account.entity.RelockRule;
import org.jspecify.annotations.Nullable;

/** Says why an account is locked or not, what changes next, and who can unlock it. */
@ApplicationScoped
public class Explaining {

  @Inject Accounts accounts;
  @Inject RelockRules rules;
  @Inject PolicyHolds policies;
  @Inject Clock clock;

  /** The rules, strongest first: the first that applies decides. */
  public enum Rule {
    NOT_ENABLED("The account is not enabled, so it is not protected."),
    HELD_BY_POLICY("A policy holds the account locked; its user cannot override that."),
    HELD_UNLESS_OVERRIDDEN("A policy holds the account locked; its user may override that."),
    LOCKED("The account was locked."),
    UNLOCK_EXPIRED("The time of its unlock is over."),
    UNLOCKED("The account was unlocked.");

    private final String because;

    Rule(String because) {
      this.because = because;
    }
  }

  /**
   * @param at null where no time is set: it happens with the event
   * @param event what it waits for
   */
  public record NextChange(@Nullable Instant at, String event, boolean locked) {}

  /**
   * @param latestChange the lock change that led here, as the history tells it
   * @param precedence all rules, strongest first
   * @param policies those that the account is under, strongest first; the first decides
   * @param unlockableBy see {@link Holds#unlockableBy}
   */
  public record Explanation(
      UUID accountId,
      boolean locked,
      String status,
      Rule rule,
      String because,
      @Nullable String latestChange,
      List<Rule> precedence,
      List<PolicyHold> policies,
      @Nullable NextChange nextChange,
      List<String> unlockableBy) {}

  public Explanation explain(Account account) {
    RelockRule relock = account.effective(rules.of(account.companyId(), account.userId()));
    LockState state = account.lockState();
    Instant now = clock.instant();
    Holds holds = policies.of(account);
    boolean locked = account.isEnabled() && state.isLockedAt(now, relock);
    Rule rule = deciding(account, state, locked);
    String status = !account.isEnabled() ? "NOT_PROTECTED" : locked ? "LOCKED" : "UNLOCKED";
    String latest =
        accounts.lockChanges(account, 1).stream()
            .map(LockChange::toString)
            .findFirst()
            .orElse(null);
    return new Explanation(
        account.id(),
        locked,
        status,
        rule,
        rule.because,
        latest,
        List.of(Rule.values()),
        holds.policies(),
        next(account, rule, state, relock),
        holds.unlockableBy(account.userId()));
  }

  /** The earlier of what the unlock and what the policies bring. */
  private @Nullable NextChange next(
      Account account, Rule rule, LockState state, RelockRule relock) {
    NextChange own = rule == Rule.UNLOCKED ? next(state, relock) : null;
    NextChange planned =
        policies
            .next(account)
            .map(
                change ->
                    new NextChange(
                        change.at(),
                        (change.ends() ? "the end" : "the next time")
                            + " of the policy \""
                            + change.policyName()
                            + "\"",
                        change.locks()))
            .orElse(null);
    if (own == null || planned == null) {
      return own == null ? planned : own;
    }
    boolean plannedIsFirst =
        planned.at() != null && own.at() != null && planned.at().isBefore(own.at());
    return plannedIsFirst ? planned : own;
  }

  private static Rule deciding(Account account, LockState state, boolean locked) {
    if (!account.isEnabled()) {
      return Rule.NOT_ENABLED;
    }
    if (state.held()) {
      return account.isLockedByPolicy() ? Rule.HELD_BY_POLICY : Rule.HELD_UNLESS_OVERRIDDEN;
    }
    if (state.locked()) {
      return Rule.LOCKED;
    }
    return locked ? Rule.UNLOCK_EXPIRED : Rule.UNLOCKED;
  }

  private static @Nullable NextChange next(LockState state, RelockRule rule) {
    if (rule.onAttempt()) {
      return new NextChange(state.expiry(rule).orElse(null), "the next check", true);
    }
    if (rule.onSuccess()) {
      return new NextChange(
          state.expiry(rule).orElse(null), "the next check after authentication", true);
    }
    return state
        .expiry(rule)
        .map(end -> new NextChange(end, "the end of the unlock", true))
        .orElse(null);
  }
}
