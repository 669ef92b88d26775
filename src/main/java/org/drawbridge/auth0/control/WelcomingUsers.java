package org.drawbridge.auth0.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.Map;
import org.drawbridge.access.DomainCaller;
import org.drawbridge.account.control.Enabling;
import org.drawbridge.account.control.UserTokens;
import org.drawbridge.company.control.Applications;
import org.drawbridge.company.control.Companies;
import org.drawbridge.kernel.Notice;
import org.drawbridge.kernel.Settings;
import org.drawbridge.user.control.Recipients;

/** Puts the accounts of people who have registered under protection, and invites them to enrol. */
@ApplicationScoped
public class WelcomingUsers {

  @Inject Enabling enabling;
  @Inject UserTokens tokens;
  @Inject Recipients recipients;
  @Inject Applications applications;
  @Inject Companies companies;
  @Inject Event<Notice> notices;

  private final Settings settings = Settings.current();

  /**
   * Enables the account that the caller's token names, and mails the link. An account that was
   * there before gets no mail, so that a retry sends none, and a token can be used for one only.
   *
   * @return whether the mail goes out
   */
  public boolean welcome(DomainCaller caller, String email) {
    Enabling.Enabled enabled = enabling.enable(caller);
    if (enabled.isNew()) {
      notices.fire(
          new Notice(
              "welcome",
              recipients.anybody(caller.companyId(), email, null),
              Map.of(
                  "application",
                  applications.get(caller.companyId(), caller.applicationId()).name(),
                  "company",
                  companies.get(caller.companyId()).name(),
                  "link",
                  settings.publicUrl() + "/enroll?auth-token=" + tokens.of(enabled.account()))));
    }
    return enabled.isNew();
  }
}
