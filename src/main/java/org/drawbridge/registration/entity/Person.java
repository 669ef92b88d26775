package org.drawbridge.registration.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import org.drawbridge.problem.Impossible;
import org.drawbridge.problem.MemberError;
import org.jspecify.annotations.Nullable;

/** What somebody who signs up says of themselves. */
@Embeddable
public record Person(
    @Column(name = "username") String username,
    @Column(name = "email") String email,
    @Column(name = "first_name") String firstName,
    @Column(name = "last_name") String lastName,
    @Column(name = "phone") @Nullable String phone) {

  /**
   * A name that is an e-mail address has to be the person's own: others find people by it.
   *
   * @throws Impossible where it is another address than the one that the code goes to
   */
  public void requireOwnName() {
    if (username.indexOf('@') >= 0 && !username.equalsIgnoreCase(email)) {
      throw new Impossible(
          MemberError.at("username", "must be the e-mail address, or no address at all"));
    }
  }
}
