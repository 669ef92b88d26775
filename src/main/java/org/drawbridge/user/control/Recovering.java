package org.drawbridge.user.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.drawbridge.access.Reach;
import org.drawbridge.company.control.Companies;
import org.drawbridge.kernel.CompanyEvent;
import org.drawbridge.kernel.Notice;
import org.drawbridge.kernel.Recipient;
import org.drawbridge.kernel.Settings;
import org.drawbridge.user.entity.Enrolment;
import org.drawbridge.user.entity.RecoveryRefused;
import org.drawbridge.user.entity.User;
import org.drawbridge.user.entity.UserChanged;
import org.drawbridge.user.entity.UserReset;

/** Gives people who cannot sign in a way to make a passkey. */
@ApplicationScoped
public class Recovering {

  @Inject Users users;
  @Inject Recipients recipients;
  @Inject Companies companies;
  @Inject Enrolments enrolments;
  @Inject RecoveryCodes codes;
  @Inject Event<CompanyEvent> events;
  @Inject Event<Notice> notices;

  private final Settings settings = Settings.current();

  /** Sends the user a link; what the user has stays as it is. */
  public User invite(Reach reach, UUID userId) {
    User user = users.lock(reach, userId);
    sendLink("enrolment", user);
    events.fire(new UserChanged(user.companyId(), "enrolment-opened", user.id(), Map.of()));
    return user;
  }

  /** Takes away all that the user could sign in with, and sends a link on every channel. */
  public User reset(Reach reach, UUID userId) {
    User user = users.lock(reach, userId);
    codes.remove(user.companyId(), user.id());
    sendLink("passkeys-reset", user);
    events.fire(new UserReset(user.companyId(), user.id()));
    return user;
  }

  private void sendLink(String kind, User user) {
    tell(
        kind,
        user,
        Map.of(
            "link",
            settings.publicUrl() + "/enroll?auth-token=" + enrolments.openForSending(user),
            "hours",
            Long.toString(Enrolment.LIFETIME.toHours())));
  }

  /**
   * Makes recovery codes, in place of those that the user has, and tells the user: they are a way
   * in, and somebody else may have made them.
   */
  public List<String> renewCodes(User user) {
    List<String> made = codes.renew(user.companyId(), user.id());
    events.fire(new UserChanged(user.companyId(), "recovery-codes-made", user.id(), Map.of()));
    tell("recovery-codes-made", user, Map.of());
    return made;
  }

  /**
   * Takes one of the user's recovery codes; answers the secret of an enrolment.
   *
   * @throws RecoveryRefused where the two do not go together
   */
  public String recover(UUID companyId, String username, String code) {
    // A user that nobody is: the same work, so that the time tells nothing.
    UUID userId = users.named(companyId, username).map(User::id).orElse(new UUID(0, 0));
    if (!codes.useUp(companyId, userId, code)) {
      throw new RecoveryRefused();
    }
    User user = users.find(companyId, userId).orElseThrow(RecoveryRefused::new);
    events.fire(new UserChanged(companyId, "recovery-code-used", userId, Map.of()));
    tell(
        "recovery-code-used",
        user,
        Map.of("left", Integer.toString(codes.left(companyId, userId))));
    return enrolments.open(user);
  }

  private void tell(String kind, User user, Map<String, String> facts) {
    Map<String, String> all = new HashMap<>(facts);
    all.put("company", companies.get(user.companyId()).name());
    for (Recipient to : recipients.always(user).onEveryChannel()) {
      notices.fire(new Notice(kind, to, all));
    }
  }
}
