package org.drawbridge.approval.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.drawbridge.account.entity.Account;
import org.drawbridge.approval.entity.ApprovalChanged;
import org.drawbridge.approval.entity.ApprovalRequest;
import org.drawbridge.approval.entity.Attempt;
import org.drawbridge.approval.entity.UnlockRequest;
import org.drawbridge.company.control.Applications;
import org.drawbridge.company.control.Companies;
import org.drawbridge.kernel.CompanyEvent;
import org.drawbridge.kernel.Notice;
import org.drawbridge.kernel.Recipient;
import org.drawbridge.kernel.Settings;
import org.drawbridge.kernel.Storable;
import org.drawbridge.user.control.Recipients;
import org.drawbridge.user.control.Users;
import org.drawbridge.user.entity.User;
import org.jspecify.annotations.Nullable;

/** Tells who is asked, who asked and who must know; and writes it into the activity log. */
@ApplicationScoped
public class ApprovalNotices {

  private static final int MAX_TOLD = 100;

  /** What a mail program would make a link of. */
  private static final Pattern ADDRESS =
      Pattern.compile("(?i)\\b[a-z][a-z0-9+.-]*://\\S*|\\bwww\\.\\S*|\\bmailto:\\S*");

  @Inject Companies companies;
  @Inject Applications applications;
  @Inject Users users;
  @Inject Recipients recipients;
  @Inject Event<CompanyEvent> events;
  @Inject Event<Notice> notices;

  private final String page = Settings.current().publicUrl() + "/requests/";

  /** A login was blocked: the account's user is asked, on the channels that the user prefers. */
  void asked(UnlockRequest request, Account account, Attempt attempt) {
    Map<String, Object> facts = facts(account);
    facts.put("time", attempt.at());
    facts.put("place", told(attempt.location()));
    facts.put("address", told(attempt.address()));
    facts.put("device", told(attempt.device()));
    facts.put("minutes", Long.toString(UnlockRequest.LIFETIME.toMinutes()));
    tell("unlock-request", user(request), facts);
  }

  /** A policy asks, and no login was blocked. */
  void offered(UnlockRequest request, Account account) {
    Map<String, Object> facts = facts(account);
    facts.put("minutes", Long.toString(UnlockRequest.LIFETIME.toMinutes()));
    tell("unlock-offered", user(request), facts);
  }

  void approversAsked(ApprovalRequest request, Set<UUID> approvers) {
    for (UUID approver : approvers) {
      users
          .find(request.companyId(), approver)
          .ifPresent(
              user ->
                  tell(
                      "approval-request",
                      user,
                      Map.of(
                          "title",
                          request.title(),
                          "text",
                          request.text(),
                          "link",
                          page,
                          "until",
                          request.expiry())));
    }
  }

  /**
   * The outcome, for whoever asked.
   *
   * @param kind of the notice
   */
  void decided(String kind, UnlockRequest request, Account account) {
    tell(kind, user(request), facts(account));
  }

  /** The outcome of what an application asked for, for the user whose account it is about. */
  void decided(ApprovalRequest request) {
    UUID requester = request.requestedBy();
    if (requester != null) {
      users
          .find(request.companyId(), requester)
          .ifPresent(
              user ->
                  tell(
                      "approval-" + request.state().name().toLowerCase(Locale.ROOT),
                      user,
                      Map.of("title", request.title(), "text", request.text())));
    }
  }

  /** The administrators are alerted; that is nothing that anybody can have turned off. */
  void reported(UnlockRequest request, Account account) {
    Map<String, Object> facts = facts(account);
    Attempt attempt = request.latest();
    facts.put("user", user(request).username());
    facts.put("time", attempt == null ? request.openedAt() : attempt.at());
    facts.put("address", told(attempt == null ? null : attempt.address()));
    for (Recipient administrator : recipients.administrators(account.companyId())) {
      notices.fire(new Notice("login-reported", administrator, facts));
    }
  }

  /** For the activity log. */
  void log(UUID companyId, String type, UUID subjectId, Map<String, String> details) {
    events.fire(new ApprovalChanged(companyId, type, subjectId, details));
  }

  private void tell(String kind, User user, Map<String, ?> facts) {
    notices.fire(new Notice(kind, recipients.preferred(user), facts));
  }

  private Map<String, Object> facts(Account account) {
    Map<String, Object> facts = new HashMap<>();
    facts.put("account", account.userAccountId());
    facts.put("application", applications.get(account.companyId(), account.applicationId()).name());
    facts.put("company", companies.get(account.companyId()).name());
    facts.put("link", page);
    return facts;
  }

  private User user(UnlockRequest request) {
    return users.find(request.companyId(), request.userId()).orElseThrow();
  }

  /** Whoever makes the login chooses the text, so it is cut short, and leads nowhere. */
  private static String told(@Nullable String text) {
    return text == null || text.isBlank()
        ? ""
        : Storable.fitted(ADDRESS.matcher(text).replaceAll("…"), MAX_TOLD);
  }
}
