package org.drawbridge.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.drawbridge.kernel.Settings;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of the challenge API, which name an attempt or a session: JWTs signed HS256 with the
 * challenge secret of the company that asked, as its clients expect them. Revoking the secret ends
 * them.
 */
@ApplicationScoped
public class ChallengeTokens {

  /** From the start of an attempt on; a person may have to enrol first. */
  public static final Duration LIFETIME = Duration.ofMinutes(15);

  private static final String AUDIENCE = "drawbridge:challenge";
  private static final String ACCESS = "access";
  private static final Duration LEEWAY = Duration.ofSeconds(5);
  private static final JsonBuilderFactory BUILDERS = Json.createBuilderFactory(Map.of());

  @Inject VerificationKeys keys;
  @Inject Clock clock;

  private final String issuer = Settings.current().publicUrl().toString();

  /**
   * What a token says.
   *
   * @param attemptId which it is about
   * @param userId of the person, as the company calls the account
   * @param isReturned whether it was issued at the end of the challenge, to who has answered it
   */
  public record Claims(
      UUID companyId,
      UUID secretId,
      UUID attemptId,
      String userId,
      String action,
      String idempotencyKey,
      boolean isReturned) {

    /** The same, for the way back. */
    public Claims returned() {
      return new Claims(companyId, secretId, attemptId, userId, action, idempotencyKey, true);
    }
  }

  /** For the caller whose secret it is. */
  public String sign(Claims claims, ChallengeCaller caller) {
    return sign(claims, null, caller.secret());
  }

  /**
   * @param state of the redirect that the token is taken back with; null for none
   * @throws IllegalStateException where the secret counts no more
   */
  public String sign(Claims claims, @Nullable String state) {
    return sign(claims, state, secret(claims.companyId(), claims.secretId()));
  }

  private String sign(Claims claims, @Nullable String state, byte[] secret) {
    Instant now = clock.instant();
    JsonObjectBuilder body =
        BUILDERS
            .createObjectBuilder()
            .add("iss", issuer)
            .add("aud", AUDIENCE)
            .add("sub", claims.userId())
            .add("iat", now.getEpochSecond())
            .add("exp", now.plus(LIFETIME).getEpochSecond())
            .add("jti", claims.attemptId().toString())
            .add(
                "other",
                BUILDERS
                    .createObjectBuilder()
                    .add("tenantId", claims.companyId().toString())
                    .add("secretId", claims.secretId().toString())
                    .add("userId", claims.userId())
                    .add("actionCode", claims.action())
                    .add("idempotencyKey", claims.idempotencyKey())
                    .add("isReturned", claims.isReturned()));
    if (state != null) {
      body.add("state", state);
    }
    return signed(secret, body.build());
  }

  /**
   * What the access token of a session says.
   *
   * @param clientId the application that it is for, its {@code aud}
   */
  public record Access(
      UUID companyId,
      UUID secretId,
      UUID sessionId,
      String userId,
      String clientId,
      Instant expiry) {}

  /**
   * @throws IllegalStateException where the secret counts no more
   */
  public String sign(Access access) {
    return signed(
        secret(access.companyId(), access.secretId()),
        BUILDERS
            .createObjectBuilder()
            .add("iss", issuer)
            .add("aud", access.clientId())
            .add("sub", access.userId())
            .add("iat", clock.instant().getEpochSecond())
            .add("exp", access.expiry().getEpochSecond())
            .add("sid", access.sessionId().toString())
            .add("use", ACCESS)
            .add(
                "other",
                BUILDERS
                    .createObjectBuilder()
                    .add("tenantId", access.companyId().toString())
                    .add("secretId", access.secretId().toString()))
            .build());
  }

  /** What an access token says, under the same conditions; its session may have ended. */
  public Optional<Access> verifiedAccess(String compact, Duration lifetime) {
    return CompactJws.parse(compact)
        .filter(token -> ACCESS.equals(text(token.claims(), "use")))
        .filter(token -> isSigned(token, lifetime))
        .flatMap(
            token -> {
              JsonObject claims = token.claims();
              UUID sessionId = id(claims, "sid");
              JsonObject other = claims.getJsonObject("other");
              return sessionId == null
                  ? Optional.empty()
                  : TokenTimes.expiry(claims)
                      .map(
                          expiry ->
                              new Access(
                                  UUID.fromString(text(other, "tenantId")),
                                  UUID.fromString(text(other, "secretId")),
                                  sessionId,
                                  text(claims, "sub"),
                                  text(claims, "aud"),
                                  expiry));
            });
  }

  private byte[] secret(UUID companyId, UUID secretId) {
    byte[] secret = keys.challengeSecret(companyId, secretId);
    if (secret == null) {
      throw new IllegalStateException("The challenge secret is revoked");
    }
    return secret;
  }

  private static String signed(byte[] secret, JsonObject claims) {
    try {
      JWSObject token =
          new JWSObject(new JWSHeader(JWSAlgorithm.HS256), new Payload(claims.toString()));
      token.sign(new MACSigner(secret));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException("HS256 is not available", e);
    }
  }

  /** What the token says, where it is one of ours, and neither too old nor of a revoked secret. */
  public Optional<Claims> verified(String compact) {
    return CompactJws.parse(compact).flatMap(this::verified);
  }

  private Optional<Claims> verified(CompactJws token) {
    JsonObject claims = token.claims();
    UUID attemptId = id(claims, "jti");
    if (attemptId == null
        || !AUDIENCE.equals(text(claims, "aud"))
        || claims.containsKey("use")
        || !isSigned(token, LIFETIME)) {
      return Optional.empty();
    }
    JsonObject other = claims.getJsonObject("other");
    return Optional.of(
        new Claims(
            UUID.fromString(text(other, "tenantId")),
            UUID.fromString(text(other, "secretId")),
            attemptId,
            text(claims, "sub"),
            text(other, "actionCode"),
            text(other, "idempotencyKey"),
            other.get("isReturned") == JsonValue.TRUE));
  }

  /** All claims of a token that is {@link #verified}, in the words of the challenge API. */
  public Optional<JsonObject> payload(String compact) {
    return CompactJws.parse(compact)
        .filter(token -> verified(token).isPresent())
        .map(CompactJws::claims);
  }

  /** By a secret of the company that it names, which counts now, and not too long ago. */
  private boolean isSigned(CompactJws token, Duration lifetime) {
    if (!(token.claims().get("other") instanceof JsonObject other)
        || !TokenTimes.areValid(token.claims(), clock.instant(), LEEWAY, lifetime)) {
      return false;
    }
    UUID companyId = id(other, "tenantId");
    UUID secretId = id(other, "secretId");
    byte[] secret =
        companyId == null || secretId == null ? null : keys.challengeSecret(companyId, secretId);
    return secretId != null
        && secret != null
        && new VerificationKey(secretId, secret).verifies(token);
  }

  private static @Nullable UUID id(JsonObject claims, String claim) {
    try {
      return UUID.fromString(text(claims, claim));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static String text(JsonObject claims, String claim) {
    JsonValue value = claims.get(claim);
    return value instanceof JsonString string ? string.getString() : "";
  }
}
