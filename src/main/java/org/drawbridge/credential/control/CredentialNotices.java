package org.drawbridge.credential.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.drawbridge.company.control.Companies;
import org.drawbridge.credential.entity.CredentialChanged;
import org.drawbridge.credential.entity.CredentialRecord;
import org.drawbridge.kernel.CompanyEvent;
import org.drawbridge.kernel.Notice;
import org.drawbridge.kernel.Recipient;
import org.drawbridge.user.control.Recipients;
import org.drawbridge.user.control.Users;
import org.drawbridge.user.entity.User;

/**
 * Tells users what happens to their passkeys, whatever notifications they prefer: somebody else may
 * be at it.
 */
@ApplicationScoped
public class CredentialNotices {

  @Inject Companies companies;
  @Inject Users users;
  @Inject Recipients recipients;
  @Inject Event<CompanyEvent> events;
  @Inject Event<Notice> notices;

  /** Tells whoever owns it; a person who is no user of ours can be told by the log alone. */
  void tell(String kind, CredentialRecord record) {
    UUID owner = Objects.requireNonNull(record.userId());
    users
        .find(record.companyId(), owner)
        .ifPresentOrElse(user -> tell(kind, record, user), () -> log(kind, record, owner));
  }

  private void log(String kind, CredentialRecord record, UUID owner) {
    events.fire(
        new CredentialChanged(
            record.companyId(), kind, record.id(), Map.of("user", owner.toString())));
  }

  /**
   * @param kind names the notice, and the entry in the activity log
   */
  void tell(String kind, CredentialRecord record, User user) {
    UUID companyId = record.companyId();
    log(kind, record, user.id());
    Map<String, String> facts =
        Map.of("nickname", record.nickname(), "company", companies.get(companyId).name());
    for (Recipient to : recipients.always(user).onEveryChannel()) {
      notices.fire(new Notice(kind, to, facts));
    }
  }
}
