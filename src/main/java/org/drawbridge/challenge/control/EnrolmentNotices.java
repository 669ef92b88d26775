package org.drawbridge.challenge.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.Map;
import org.drawbridge.challenge.entity.ChallengeUser;
import org.drawbridge.challenge.entity.VerificationMethod;
import org.drawbridge.company.control.Companies;
import org.drawbridge.kernel.Notice;
import org.drawbridge.user.control.Recipients;

/** Tells people that something was enrolled in their name; it may have been somebody else. */
@ApplicationScoped
public class EnrolmentNotices {

  @Inject Companies companies;
  @Inject Recipients recipients;
  @Inject Event<Notice> notices;

  /** Nobody is told whom nobody can write to. */
  void tell(ChallengeUser user, VerificationMethod method) {
    if (user.email() == null && user.phone() == null) {
      return;
    }
    notices.fire(
        new Notice(
            "authenticator-added",
            recipients.anybody(user.companyId(), user.email(), user.phone(), user.locale()),
            Map.of("company", companies.get(user.companyId()).name(), "method", method)));
  }
}
