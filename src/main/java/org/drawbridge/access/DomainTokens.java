package org.drawbridge.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.drawbridge.kernel.InTime;
import org.drawbridge.kernel.Settings;
import org.drawbridge.kernel.Storable;
import org.drawbridge.problem.StorageUnavailable;
import org.jspecify.annotations.Nullable;

/**
 * Verifies domain tokens: JWTs (RFC 7519) signed HS256 with a signing key of the application that
 * {@code iss} names. Every valid key is tried, so that keys can be rotated without a {@code kid}.
 */
@ApplicationScoped
public class DomainTokens {

  private static final Duration LEEWAY = Duration.ofSeconds(60);
  private static final int MAX_TOKEN_ID = 1024;

  @Inject VerificationKeys keys;
  @Inject InTime inTime;
  @Inject Clock clock;

  private final Settings settings = Settings.current();

  /** Which calls a token is for; they differ in how far ahead its {@code exp} may lie. */
  public enum Use {
    CHECK,
    ENABLEMENT
  }

  /** Where the keys to try come from. */
  private interface Source {
    List<KeyedApplication> applicationsAt(String host);
  }

  /**
   * Verifies against the database.
   *
   * @param compact the header's value, or null where it is missing
   * @throws Unauthorized for whatever is wrong with it
   */
  public DomainCaller verify(@Nullable String compact, Use use) {
    return verify(compact, use, List.of(keys::applicationsAt));
  }

  /**
   * Verifies with the keys that are remembered, or else against the database: for checks, which
   * compare the application's version afterwards.
   *
   * @param compact the header's value, or null where it is missing
   * @param deadline by {@link System#nanoTime}
   * @throws Unauthorized for whatever is wrong with it
   * @throws StorageUnavailable where the database does not tell in time
   */
  public DomainCaller verifyForCheck(@Nullable String compact, long deadline) {
    // The key may be newer than what this node remembers.
    return verify(compact, Use.CHECK, List.of(keys::rememberedAt, inTime(deadline)));
  }

  /**
   * The same where the remembered keys have turned out to be old.
   *
   * @throws Unauthorized for whatever is wrong with it
   * @throws StorageUnavailable where the database does not tell in time
   */
  public DomainCaller verifyAgain(@Nullable String compact, long deadline) {
    return verify(compact, Use.CHECK, List.of(inTime(deadline)));
  }

  private Source inTime(long deadline) {
    return host -> inTime.ask(deadline, () -> keys.applicationsAt(host));
  }

  private DomainCaller verify(@Nullable String compact, Use use, List<Source> sources) {
    if (compact == null || compact.isBlank()) {
      throw Unauthorized.missing(Credential.DOMAIN_TOKEN);
    }
    return CompactJws.parse(compact)
        .flatMap(token -> verified(token, use, sources, clock.instant()))
        .orElseThrow(() -> Unauthorized.refused(Credential.DOMAIN_TOKEN));
  }

  /**
   * Whether an enablement token was valid once and is too old now; tells nothing to who could not
   * sign it.
   */
  public boolean isExpired(String compact) {
    Instant now = clock.instant();
    List<Source> sources = List.of(keys::applicationsAt);
    return CompactJws.parse(compact)
        .flatMap(
            token ->
                TokenTimes.expiry(token.claims())
                    .filter(expiry -> expiry.isBefore(now))
                    .flatMap(
                        expiry -> verified(token, Use.ENABLEMENT, sources, expiry.minusSeconds(1))))
        .isPresent();
  }

  private Optional<DomainCaller> verified(
      CompactJws token, Use use, List<Source> sources, Instant now) {
    JsonObject claims = token.claims();
    Issuer issuer = Issuer.of(text(claims.get("iss")));
    String subject = text(claims.get("sub"));
    Duration lifetime =
        use == Use.CHECK ? settings.checkTokenLifetime() : settings.enablementTokenLifetime();
    if (issuer == null
        || subject.isEmpty()
        || subject.length() > 255
        || !Storable.isStorable(subject)
        || !isForUs(claims.get("aud"))
        || !TokenTimes.areValid(claims, now, LEEWAY, lifetime)) {
      return Optional.empty();
    }
    JsonValue jti = claims.get("jti");
    if (jti != null && (text(jti).isEmpty() || text(jti).length() > MAX_TOKEN_ID)) {
      return Optional.empty();
    }
    Optional<String> tokenId = jti == null ? Optional.empty() : Optional.of(text(jti));

    KeyedApplication signer = null;
    for (Source source : sources) {
      signer = signer == null ? signer(token, issuer, source, now) : signer;
    }
    return Optional.ofNullable(signer)
        .map(a -> new DomainCaller(a.companyId(), a.id(), a.version(), subject, tokenId));
  }

  /** Tries every key of every application the issuer can mean, whether or not one has matched. */
  private @Nullable KeyedApplication signer(
      CompactJws token, Issuer issuer, Source source, Instant now) {
    KeyedApplication signer = null;
    for (KeyedApplication application : source.applicationsAt(issuer.host())) {
      if (!issuer.names(application.url())) {
        continue;
      }
      for (VerificationKey key : application.keys()) {
        if (key.verifies(token) && signer == null) {
          signer = application;
          keys.used(application.companyId(), key.id(), now);
        }
      }
    }
    return signer;
  }

  private boolean isForUs(@Nullable JsonValue audience) {
    List<? extends JsonValue> named =
        audience instanceof JsonArray array
            ? array
            : audience == null ? List.of() : List.of(audience);
    return named.stream()
        .anyMatch(
            value ->
                value instanceof JsonString string
                    && settings.audiences().contains(Settings.audience(string.getString())));
  }

  private static String text(@Nullable JsonValue value) {
    return value instanceof JsonString string ? string.getString() : "";
  }
}
