package org.drawbridge.policy.control;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.drawbridge.policy.entity.PolicyTerms;
import org.drawbridge.policy.entity.PolicyType;
import org.drawbridge.problem.Impossible;
import org.drawbridge.problem.Malformed;
import org.drawbridge.problem.MemberError;
import org.jspecify.annotations.Nullable;

/** What the terms of a policy must be like, taken together. */
public final class TermsRules {

  static final int MAX_METADATA = 16 * 1024;

  private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

  private final PolicyTerms terms;
  private final List<MemberError> errors = new ArrayList<>();

  private TermsRules(PolicyTerms terms) {
    this.terms = terms;
  }

  /**
   * @throws Malformed naming each member that is missing or wrong
   * @throws Impossible where the policy would end before it begins
   */
  static void require(PolicyTerms terms) {
    TermsRules rules = new TermsRules(terms);
    rules.requireAction();
    rules.requireZone();
    rules.requireTimes();
    rules.requireSchedule();
    String metadata = terms.metadata();
    if (metadata != null && metadata.getBytes(StandardCharsets.UTF_8).length > MAX_METADATA) {
      rules.refuse("metadata", "must be at most 16 KiB of JSON");
    }
    if (!rules.errors.isEmpty()) {
      throw new Malformed(rules.errors);
    }
    Instant begin = terms.activeDate();
    if (begin != null && terms.hasEndedAt(begin)) {
      throw new Impossible(MemberError.at("endDate", "must be after activeDate"));
    }
  }

  private void requireAction() {
    if (terms.action() == null) {
      String member =
          switch (terms.policyType()) {
            case SCHEDULED -> "scheduledAction";
            case ALERT -> "alertAction";
            case MULTI_APPROVAL -> "multiApprovalAction";
          };
      refuse(member, "must be given for a policy of type " + terms.policyType());
    }
    if (terms.requiredApprovals() < 1 || terms.requiredApprovals() > 100) {
      refuse("requiredApprovals", "must be from 1 to 100");
    }
    Integer escalation = terms.escalationMinutes();
    if (escalation != null && (escalation < 1 || escalation > 59)) {
      refuse("escalationMinutes", "must be from 1 to 59");
    }
  }

  private void requireZone() {
    if (!ZoneId.getAvailableZoneIds().contains(terms.timeZone())) {
      refuse("timeZone", "must be an IANA time zone such as Europe/Berlin");
    }
  }

  private void requireTimes() {
    requireBounded("scheduleDateTime", terms.scheduleDateTime());
    requireBounded("activeDate", terms.activeDate());
    requireBounded("endDate", terms.endDate());
  }

  private void requireBounded(String member, @Nullable Instant time) {
    if (time != null && (time.isBefore(EARLIEST) || time.isAfter(LATEST))) {
      refuse(member, "must be from 1970 to 9999");
    }
  }

  private void requireSchedule() {
    String cron = terms.cronSchedule();
    if (cron != null && CronExpression.parse(cron).isEmpty()) {
      refuse("cronSchedule", "must be a cron expression of five fields, such as 30 18 * * 1-5");
      return;
    }
    if (terms.policyType() != PolicyType.SCHEDULED || cron != null) {
      return;
    }
    if (terms.frequency() == null) {
      refuse("frequencyOfAction", "must be given, or cronSchedule instead");
    }
    if (terms.scheduleDateTime() == null) {
      refuse("scheduleDateTime", "must be given, or cronSchedule instead");
    }
  }

  /** Whether a frequency and a cron expression, both given, mean the same schedule. */
  public static boolean agree(PolicyTerms withFrequency, String cron) {
    Optional<String> said = PolicySchedule.of(withFrequency).flatMap(Schedule::cron);
    return said.isPresent() && CronExpression.parse(cron).map(CronExpression::text).equals(said);
  }

  private void refuse(String member, String why) {
    errors.add(MemberError.at(member, why));
  }
}
