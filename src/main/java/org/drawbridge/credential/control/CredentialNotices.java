package org.drawbridge.credential.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.drawbridge.access.Reach;
import org.drawbridge.company.control.Companies;
import org.drawbridge.credential.entity.CredentialChanged;
import org.drawbridge.credential.entity.CredentialRecord;
import org.drawbridge.kernel.CompanyEvent;
import org.drawbridge.kernel.Notice;
import org.drawbridge.kernel.Recipient;
import org.drawbridge.user.control.Recipients;
import org.drawbridge.user.entity.User;

/**
 * Tells users what happens to their passkeys, whatever notifications they prefer: somebody else may
 * be at it.
 */
@ApplicationScoped
public class CredentialNotices {

  @Inject Companies companies;
  @Inject Recipients recipients;
  @Inject Event<CompanyEvent> events;
  @Inject Event<Notice> notices;

  /**
   * @param kind names the notice, and the entry in the activity log
   */
  void tell(String kind, CredentialRecord record, User user) {
    UUID companyId = record.companyId();
    events.fire(
        new CredentialChanged(companyId, kind, record.id(), Map.of("user", user.id().toString())));
    Map<String, String> facts =
        Map.of(
            "nickname",
            record.nickname(),
            "company",
            companies.get(Reach.only(companyId), companyId).name());
    for (Recipient to : recipients.always(user).onEveryChannel()) {
      notices.fire(new Notice(kind, to, facts));
    }
  }
}
