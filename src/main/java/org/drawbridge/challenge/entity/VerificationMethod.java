package org.drawbridge.challenge.entity;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a person can answer a challenge, in the words of the challenge API. */
public enum VerificationMethod {
  PASSKEY,
  AUTHENTICATOR_APP,
  EMAIL_OTP,
  SMS,
  RECOVERY_CODE;

  /**
   * In the order in which they are offered.
   *
   * @param preferred to be the first where it is one of them; null for none
   */
  public static List<VerificationMethod> ordered(
      Set<VerificationMethod> methods, @Nullable VerificationMethod preferred) {
    return methods.stream()
        .sorted(Comparator.<VerificationMethod, Boolean>comparing(m -> m != preferred))
        .toList();
  }

  /**
   * @param names separated by blanks
   */
  public static Set<VerificationMethod> named(String names) {
    Set<VerificationMethod> methods = EnumSet.noneOf(VerificationMethod.class);
    for (String name : names.split(" ")) {
      if (!name.isEmpty()) {
        methods.add(valueOf(name));
      }
    }
    return methods;
  }
}
