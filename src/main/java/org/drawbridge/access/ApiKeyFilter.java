package org.drawbridge.access;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Identifies a company's server by its API key: the key itself, or a JWT signed HS256 with it whose
 * {@code iss} is the company's id. The JWT need not expire, because the key does not.
 */
@Provider
@ApiKeyRequired
@ApplicationScoped
@Priority(Priorities.AUTHENTICATION)
public class ApiKeyFilter implements ContainerRequestFilter {

  static final String HEADER = "x-nl3-api-token";
  static final String ALIAS = "x-nl3-server-api-token";

  private static final Duration LEEWAY = Duration.ofSeconds(60);

  @Inject VerificationKeys keys;
  @Inject CallerIdentity identity;
  @Inject Clock clock;

  @Override
  public void filter(ContainerRequestContext request) {
    String presented = request.getHeaderString(HEADER);
    if (presented == null) {
      presented = request.getHeaderString(ALIAS);
    }
    if (presented == null || presented.isBlank()) {
      throw Unauthorized.missing(Credential.API_KEY);
    }
    ApiKeyCaller caller =
        presented.indexOf('.') >= 0 ? bySignature(presented) : keys.apiKey(presented);
    if (caller == null) {
      throw Unauthorized.refused(Credential.API_KEY);
    }
    keys.used(caller.companyId(), caller.keyId(), clock.instant());
    identity.identify(caller);
  }

  private @Nullable ApiKeyCaller bySignature(String compact) {
    CompactJws token = CompactJws.parse(compact).orElse(null);
    if (token == null) {
      return null;
    }
    UUID company = companyId(token.claims().get("iss"));
    Instant now = clock.instant();
    if (company == null || !TokenTimes.areValid(token.claims(), now, LEEWAY)) {
      return null;
    }
    ApiKeyCaller caller = null;
    for (VerificationKey key : keys.apiKeysOf(company)) {
      if (key.verifies(token) && caller == null) {
        caller = new ApiKeyCaller(company, key.id());
      }
    }
    return caller;
  }

  private static @Nullable UUID companyId(@Nullable JsonValue issuer) {
    if (!(issuer instanceof JsonString string) || string.getString().length() != 36) {
      return null;
    }
    try {
      return UUID.fromString(string.getString());
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
