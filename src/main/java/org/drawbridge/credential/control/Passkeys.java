package org.drawbridge.credential.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.drawbridge.credential.entity.CredentialChanged;
import org.drawbridge.credential.entity.CredentialRecord;
import org.drawbridge.credential.entity.LastCredential;
import org.drawbridge.credential.entity.PasskeyRemoved;
import org.drawbridge.kernel.CompanyEvent;
import org.drawbridge.user.control.RecoveryCodes;
import org.drawbridge.user.control.Users;
import org.drawbridge.user.entity.User;

/** What a user does with passkeys that there are: given, renamed, removed. */
@ApplicationScoped
public class Passkeys {

  @Inject CredentialRecords records;
  @Inject Users users;
  @Inject RecoveryCodes codes;
  @Inject CredentialNotices notices;
  @Inject Event<CompanyEvent> events;
  @Inject Event<PasskeyRemoved> removals;

  /** Makes a verified credential the user's, who may sign in with it from now on. */
  public void give(CredentialRecord record, User user) {
    record.giveTo(user.id());
    notices.tell("passkey-added", record, user);
  }

  /** Whether the user can sign in. */
  public boolean areThereFor(User user) {
    return !of(user).isEmpty();
  }

  public List<CredentialRecord> of(User user) {
    return records.of(user.companyId(), user.id());
  }

  public CredentialRecord rename(User user, UUID id, String nickname) {
    CredentialRecord record = records.get(user.companyId(), user.id(), id);
    record.rename(nickname);
    events.fire(
        new CredentialChanged(user.companyId(), "credential-renamed", record.id(), Map.of()));
    return record;
  }

  /**
   * @throws LastCredential where nothing would be left to sign in or to recover with
   */
  public void remove(User user, UUID id) {
    // One removal after the other, so that two at once do not both leave the other's.
    users.lock(user.companyId(), user.id());
    CredentialRecord record = records.get(user.companyId(), user.id(), id);
    if (records.of(user.companyId(), user.id()).size() == 1
        && codes.left(user.companyId(), user.id()) == 0) {
      throw new LastCredential();
    }
    records.remove(record);
    notices.tell("passkey-removed", record, user);
    removals.fire(new PasskeyRemoved(user.companyId(), user.id()));
  }

  /** After a reset there is none left; answers how many there were. */
  public int removeAll(UUID companyId, UUID userId) {
    List<CredentialRecord> all = records.of(companyId, userId);
    all.forEach(records::remove);
    return all.size();
  }
}
