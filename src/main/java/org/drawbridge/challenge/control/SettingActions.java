package org.drawbridge.challenge.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.drawbridge.access.Actor;
import org.drawbridge.access.Reach;
import org.drawbridge.challenge.entity.Action;
import org.drawbridge.challenge.entity.ChallengeChanged;
import org.drawbridge.challenge.entity.RuleSet;
import org.drawbridge.challenge.entity.RuleSetVersion;
import org.drawbridge.company.control.Companies;
import org.drawbridge.kernel.CompanyEvent;
import org.drawbridge.kernel.IfMatch;
import org.drawbridge.problem.Impossible;
import org.drawbridge.problem.NotFound;
import org.drawbridge.problem.StaleVersion;
import org.jspecify.annotations.Nullable;

/** Companies write the rules of their actions. */
@ApplicationScoped
public class SettingActions {

  @Inject Companies companies;
  @Inject Actions actions;
  @Inject RuleSets ruleSets;
  @Inject Actor actor;
  @Inject Event<CompanyEvent> changes;
  @Inject Clock clock;

  /** An action with the rules that it has. */
  public record Ruled(Action action, RuleSet ruleSet) {}

  /** By their codes. */
  public List<Ruled> all(Reach reach, UUID companyId) {
    companies.get(reach, companyId);
    return actions.of(companyId).stream().map(this::ruled).toList();
  }

  /**
   * @throws NotFound where the action was neither tracked nor written
   */
  public Ruled get(Reach reach, UUID companyId, String code) {
    return ruled(action(reach, companyId, code));
  }

  private Ruled ruled(Action action) {
    return new Ruled(action, ruleSets.of(action));
  }

  /** The newest first. */
  public List<RuleSetVersion> versions(Reach reach, UUID companyId, String code) {
    return ruleSets.versions(action(reach, companyId, code));
  }

  private Action action(Reach reach, UUID companyId, String code) {
    companies.get(reach, companyId);
    return actions.find(companyId, code).orElseThrow(() -> new NotFound("action"));
  }

  /**
   * Makes the action where it was not tracked yet.
   *
   * @param expected the version that is to be replaced; null for whichever it is
   * @throws StaleVersion where another version is the current one
   * @throws Impossible where a rule names a group that is not there
   */
  public Ruled change(
      Reach reach, UUID companyId, String code, RuleSet ruleSet, @Nullable Long expected) {
    companies.get(reach, companyId);
    ruleSets.requireGroups(companyId, ruleSet);
    companies.hold(companyId);
    Action action = actions.seen(companyId, code);
    IfMatch.require(expected, action.rulesVersion());
    int version = action.rewritten();
    ruleSets.add(new RuleSetVersion(action, ruleSet, actor.name(), clock.instant()));
    changes.fire(
        new ChallengeChanged(
            companyId,
            "challenge-action-changed",
            companyId,
            Map.of(
                "action",
                code,
                "outcome",
                ruleSet.defaultOutcome().name(),
                "rules",
                Integer.toString(ruleSet.rules().size()),
                "version",
                Integer.toString(version))));
    return new Ruled(action, ruleSet);
  }
}
