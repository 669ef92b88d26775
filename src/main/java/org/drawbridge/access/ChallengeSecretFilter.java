package org.drawbridge.access;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Identifies a company by its challenge secret: the user name of HTTP Basic (RFC 7617), with an
 * empty password.
 */
@Provider
@ChallengeSecretRequired
@ApplicationScoped
@Priority(Priorities.AUTHENTICATION)
public class ChallengeSecretFilter implements ContainerRequestFilter {

  private static final String SCHEME = "Basic ";
  private static final int MAX_LENGTH = 1024;

  @Inject VerificationKeys keys;
  @Inject CallerIdentity identity;
  @Inject Clock clock;

  @Override
  public void filter(ContainerRequestContext request) {
    String header = request.getHeaderString(HttpHeaders.AUTHORIZATION);
    if (header == null || header.isBlank()) {
      throw Unauthorized.missing(Credential.CHALLENGE_SECRET);
    }
    String secret = userName(header);
    ChallengeCaller caller = secret == null ? null : keys.challengeSecret(secret);
    if (caller == null) {
      throw Unauthorized.refused(Credential.CHALLENGE_SECRET);
    }
    keys.used(caller.companyId(), caller.secretId(), clock.instant());
    identity.identify(caller);
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
