package org.drawbridge.user.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.drawbridge.user.entity.User;
import org.jspecify.annotations.Nullable;

/**
 * Changes where users, whom the caller holds, are written to. An invitation that went to the
 * address before counts no more: it may be somebody else's by now.
 */
@ApplicationScoped
public class ChangingAddresses {

  @Inject Enrolments enrolments;

  public void mailTo(User user, String email) {
    if (!email.equals(user.email())) {
      enrolments.removeOpen(user.companyId(), user.id());
    }
    user.reachableAt(email);
  }

  /**
   * @param phone null for none
   */
  public void textTo(User user, @Nullable String phone) {
    if (user.phone() != null && !user.phone().equals(phone)) {
      enrolments.removeOpen(user.companyId(), user.id());
    }
    user.phonedAt(phone);
  }
}
