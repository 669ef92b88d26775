package org.drawbridge.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import org.drawbridge.access.VerificationKeys.Freshness;
import org.jspecify.annotations.Nullable;

/**
 * The challenge secrets that companies are known by: the user name of HTTP Basic (RFC 7617), with
 * an empty password.
 */
@ApplicationScoped
public class ChallengeSecrets {

  private static final String SCHEME = "Basic ";
  private static final int MAX_LENGTH = 1024;

  @Inject VerificationKeys keys;
  @Inject Clock clock;

  /**
   * @param header Authorization; null where there is none
   * @throws Unauthorized where it holds no secret that counts
   */
  ChallengeCaller verify(@Nullable String header, Freshness freshness) {
    if (header == null || header.isBlank()) {
      throw Unauthorized.missing(Credential.CHALLENGE_SECRET);
    }
    String secret = userName(header);
    ChallengeCaller caller = secret == null ? null : keys.challengeSecret(secret, freshness);
    if (caller == null) {
      throw Unauthorized.refused(Credential.CHALLENGE_SECRET);
    }
    keys.used(caller.companyId(), caller.secretId(), clock.instant());
    return caller;
  }

  /**
   * Looks a caller's secret up anew.
   *
   * @throws Unauthorized where it counts no more
   */
  public void verifyAgain(ChallengeCaller caller) {
    if (keys.challengeSecret(caller.companyId(), caller.secretId()) == null) {
      throw Unauthorized.refused(Credential.CHALLENGE_SECRET);
    }
  }

  /** Null where the header is anything but a user name with an empty password. */
  private static @Nullable String userName(String header) {
    if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        || header.length() > MAX_LENGTH) {
      return null;
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(header.substring(SCHEME.length()).trim());
      String credential = new String(bytes, StandardCharsets.ISO_8859_1);
      return credential.indexOf(':') == credential.length() - 1
          ? credential.substring(0, credential.length() - 1)
          : null;
    } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
      return null;
    }
  }
}
