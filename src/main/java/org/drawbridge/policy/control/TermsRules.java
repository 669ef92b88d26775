package org.drawbridge.policy.control;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.drawbridge.policy.entity.PolicyTerms;
import org.drawbridge.policy.entity.PolicyType;
import org.drawbridge.problem.Impossible;
import org.drawbridge.problem.Malformed;
import org.drawbridge.problem.MemberError;
import org.jspecify.annotations.Nullable;

/** What the terms of a policy must be like, taken together. */
final class TermsRules {

  static final int MAX_METADATA = 16 * 1024;

  private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

  private final PolicyTerms terms;
  private final List<MemberError> errors = new ArrayList<>();

  private TermsRules(PolicyTerms terms) {
    this.terms = terms;
  }

  /**
   * @return the terms, without a cron that says the same as their frequency
   * @throws Malformed naming each member that is missing or wrong
   * @throws Impossible where the policy would end before it begins
   */
  static PolicyTerms require(PolicyTerms terms) {
    return require(terms, "");
  }

  /**
   * The same.
   *
   * @param pointer where the terms stand in the request
   */
  static PolicyTerms require(PolicyTerms terms, String pointer) {
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
      throw new Malformed(rules.errors.stream().map(error -> error.below(pointer)).toList());
    }
    Instant begin = terms.activeDate();
    if (begin != null && terms.hasEndedAt(begin)) {
      throw new Impossible(MemberError.at("endDate", "must be after activeDate").below(pointer));
    }
    // A client that sends back what it read sends both; the frequency says more.
    return terms.frequency() == null ? terms : terms.withCron(null);
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
    if (!hasZone()) {
      refuse("timeZone", "must be an IANA time zone such as Europe/Berlin");
    }
  }

  private boolean hasZone() {
    return ZoneId.getAvailableZoneIds().contains(terms.timeZone());
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
    if (cron != null && terms.frequency() != null && hasZone()) {
      requireAgreement(cron);
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

  /** A frequency and a cron expression, both given, have to mean the same schedule. */
  private void requireAgreement(String cron) {
    if (!PolicySchedule.isSaidBy(terms.withCron(null), cron)) {
      refuse("cronSchedule", "must not be given beside another frequencyOfAction");
    }
  }

  private void refuse(String member, String why) {
    errors.add(MemberError.at(member, why));
  }
}
