package org.drawbridge.approval.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.drawbridge.access.DomainCaller;
import org.drawbridge.account.control.Accounts;
import org.drawbridge.account.control.Groups;
import org.drawbridge.account.entity.Account;
import org.drawbridge.approval.entity.ApprovalRequest;
import org.drawbridge.approval.entity.ApprovalTemplate;
import org.drawbridge.kernel.Ids;
import org.drawbridge.kernel.OwnedId;
import org.drawbridge.problem.Impossible;
import org.drawbridge.problem.Malformed;
import org.drawbridge.problem.MemberError;
import org.drawbridge.problem.NotFound;
import org.jspecify.annotations.Nullable;

/** Opens approval requests at an application's word, from a template. */
@ApplicationScoped
public class RequestingApproval {

  private static final int MOST_ASKED = 200;

  @Inject ApprovalTemplates templates;
  @Inject ApprovalRequests requests;
  @Inject ApprovalNotices notices;
  @Inject Accounts accounts;
  @Inject Groups groups;
  @Inject Clock clock;

  /**
   * @param template id or key
   * @param approvers beside those of the template: ids, user names or e-mails
   * @throws Malformed where the template or an approver does not exist
   * @throws Impossible where too many would be asked
   */
  public ApprovalRequest request(
      DomainCaller caller,
      String template,
      @Nullable List<String> approvers,
      Map<String, String> values) {
    ApprovalTemplate found =
        template(caller.companyId(), template)
            .orElseThrow(
                () -> new Malformed(List.of(MemberError.at("templateId", "does not exist"))));
    String text = found.filled(values);
    Set<UUID> asked = new LinkedHashSet<>(found.approvers());
    asked.addAll(templates.users(caller.companyId(), approvers));
    asked.addAll(groups.owners(caller.companyId(), found.groups(), MOST_ASKED + 1));
    if (asked.size() > MOST_ASKED) {
      throw new Impossible(
          MemberError.at("templateId", "asks more than " + MOST_ASKED + " approvers"));
    }
    UUID requester =
        accounts
            .named(caller.companyId(), caller.applicationId(), caller.subject())
            .map(Account::userId)
            .orElse(null);
    Instant now = clock.instant();
    ApprovalRequest request =
        ApprovalRequest.ofTemplate(
            found, Ids.next(now), caller.applicationId(), requester, text, asked, now);
    requests.add(request);
    notices.log(
        caller.companyId(), "approval-requested", request.id(), Map.of("template", found.key()));
    notices.approversAsked(request, request.approvers());
    return request;
  }

  private Optional<ApprovalTemplate> template(UUID companyId, String template) {
    Optional<ApprovalTemplate> keyed = templates.keyed(companyId, template);
    if (keyed.isPresent()
        || !template.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
      return keyed;
    }
    return templates.find(companyId, UUID.fromString(template));
  }

  /**
   * @throws NotFound where the application has asked for no such thing
   */
  public ApprovalRequest get(DomainCaller caller, UUID id) {
    return requests
        .find(new OwnedId(caller.companyId(), id))
        .filter(request -> caller.applicationId().equals(request.applicationId()))
        .orElseThrow(() -> new NotFound("approval request"));
  }

  /** Asks the fallback approvers of a request that is not decided in time. */
  public void escalate(OwnedId id) {
    ApprovalRequest request = requests.refreshed(requests.find(id).orElseThrow());
    Set<UUID> asked = request.escalate(clock.instant());
    if (!asked.isEmpty()) {
      notices.log(
          request.companyId(),
          "approval-request-escalated",
          request.id(),
          Map.of("approvers", Integer.toString(asked.size())));
      notices.approversAsked(request, asked);
    }
  }

  /** Ends a request that too few answered in time. */
  public void expire(OwnedId id) {
    ApprovalRequest request = requests.refreshed(requests.find(id).orElseThrow());
    Instant now = clock.instant();
    if (request.isOverdue(now)) {
      request.close(ApprovalRequest.State.EXPIRED, now);
      notices.log(request.companyId(), "approval-request-expired", request.id(), Map.of());
      notices.decided(request);
    }
  }
}
