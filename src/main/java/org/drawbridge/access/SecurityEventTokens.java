package org.drawbridge.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Resource;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.drawbridge.kernel.OutboundHttp;
import org.drawbridge.kernel.OutboundHttp.Answer;
import org.drawbridge.kernel.Storable;
import org.jspecify.annotations.Nullable;

/**
 * Verifies Security Event Tokens (RFC 8417) with the keys that their transmitter publishes. Only
 * tokens that say {@code typ: secevent+jwt} are taken (section 2.3), so that no other JWT of the
 * same issuer can pass for one.
 */
@ApplicationScoped
public class SecurityEventTokens {

  /** Tokens are not taken after that, so that those taken need not be remembered for longer. */
  public static final Duration MAX_AGE = Duration.ofDays(7);

  private static final Duration LEEWAY = Duration.ofSeconds(60);
  private static final int MAX_TOKEN_ID = 255;

  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

  @Inject OutboundHttp http;
  @Inject CallerIdentity identity;
  @Inject Clock clock;

  /** Each remembers its keys for some minutes. */
  private final Cache<URI, JWKSource<SecurityContext>> keySets =
      Caffeine.newBuilder().maximumSize(1000).build();

  /**
   * Takes up to 10 seconds where the keys have to be fetched. The transmitter is the caller of the
   * request from then on.
   *
   * @throws SecurityEventRefused for the first thing that is wrong with it
   */
  public SecurityEventToken verify(
      String compact, TransmitterCaller caller, String issuer, String audience, URI keySet)
      throws SecurityEventRefused {
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("secevent+jwt")));
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys(keySet)));
    // A SET has no exp (RFC 8417 section 2.2); what it does have is checked below.
    processor.setJWTClaimsSetVerifier(null);
    try {
      JWTClaimsSet claims = processor.process(compact.strip(), null);
      SecurityEventToken token = checked(claims, issuer, audience);
      identity.identify(caller);
      return token;
    } catch (ParseException e) {
      throw new SecurityEventRefused("invalid_request", "The body is no signed SET.");
    } catch (KeySourceException e) {
      throw new SecurityEventRefused("invalid_key", "The transmitter's keys cannot be read.");
    } catch (BadJOSEException | JOSEException e) {
      throw new SecurityEventRefused(
          "invalid_key", "No key of the transmitter verifies this as a secevent+jwt.");
    }
  }

  private SecurityEventToken checked(JWTClaimsSet claims, String issuer, String audience)
      throws SecurityEventRefused {
    if (!issuer.equals(claims.getIssuer())) {
      throw new SecurityEventRefused("invalid_issuer", "iss is not the transmitter's.");
    }
    if (!claims.getAudience().contains(audience)) {
      throw new SecurityEventRefused("invalid_audience", "aud does not name this receiver.");
    }
    Instant now = clock.instant();
    @Nullable String tokenId = claims.getJWTID();
    @Nullable Instant issuedAt =
        claims.getIssueTime() == null ? null : claims.getIssueTime().toInstant();
    if (tokenId == null
        || tokenId.isEmpty()
        || tokenId.length() > MAX_TOKEN_ID
        || !Storable.isStorable(tokenId)) {
      throw new SecurityEventRefused("invalid_request", "jti must be 1 to 255 characters.");
    }
    if (issuedAt == null
        || issuedAt.isAfter(now.plus(LEEWAY))
        || issuedAt.isBefore(now.minus(MAX_AGE))) {
      throw new SecurityEventRefused("invalid_request", "iat must be of the last seven days.");
    }
    try (JsonReader reader = READERS.createReader(new StringReader(claims.toString()))) {
      JsonObject all = reader.readObject();
      return new SecurityEventToken(tokenId, issuedAt, all);
    } catch (JsonException e) {
      throw new SecurityEventRefused("invalid_request", "The claims are no JSON object.");
    }
  }

  private JWKSource<SecurityContext> keys(URI keySet) {
    return keySets.get(
        keySet,
        address -> {
          try {
            return JWKSourceBuilder.<SecurityContext>create(address.toURL(), this::fetched)
                // Without threads of the library's own.
                .refreshAheadCache(false)
                .build();
          } catch (IOException e) {
            throw new IllegalStateException("Only addresses that can be called are kept", e);
          }
        });
  }

  private Resource fetched(URL address) throws IOException {
    Answer answer = http.get(URI.create(address.toString()));
    if (!answer.isSuccess()) {
      throw new IOException("The key set's address answered " + answer.status());
    }
    return new Resource(new String(answer.body(), StandardCharsets.UTF_8), "application/json");
  }
}
