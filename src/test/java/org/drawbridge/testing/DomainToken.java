package org.drawbridge.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.drawbridge.testing.TestJson.JSON;

import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes domain tokens as clients do, by hand, so that wrong ones can be made too. */
public final class DomainToken {

  private static final String HEADER = "{\"typ\":\"JWT\",\"alg\":\"HS256\"}";

  private final byte[] key;
  private final Map<String, JsonValue> claims = new LinkedHashMap<>();
  private String header = HEADER;

  private DomainToken(byte[] key) {
    this.key = key;
  }

  /** A token that is good for five minutes, with a {@code jti} of its own. */
  public static DomainToken of(TestApplication application, String subject) {
    DomainToken token = new DomainToken(Base64.getDecoder().decode(application.key()));
    return token
        .claim("iss", application.url())
        .claim("aud", "localhost")
        .claim("sub", subject)
        .claim("exp", Instant.now().getEpochSecond() + 300)
        .claim("jti", UUID.randomUUID().toString());
  }

  public DomainToken claim(String name, String value) {
    return claim(name, JSON.createValue(value));
  }

  public DomainToken claim(String name, long value) {
    return claim(name, JSON.createValue(value));
  }

  public DomainToken claim(String name, double value) {
    return claim(name, JSON.createValue(value));
  }

  public DomainToken claim(String name, JsonValue value) {
    claims.put(name, value);
    return this;
  }

  public DomainToken without(String name) {
    claims.remove(name);
    return this;
  }

  public DomainToken header(String json) {
    this.header = json;
    return this;
  }

  /** The payload, as JSON. */
  public String claims() {
    JsonObjectBuilder all = JSON.createObjectBuilder();
    claims.forEach(all::add);
    return all.build().toString();
  }

  public String compact() {
    return sign(header, claims(), key);
  }

  /** Signs many tokens with one key, one after the other. */
  public interface Signer {
    String sign(String claims);
  }

  /** For one thread. */
  public static Signer signer(TestApplication application) throws GeneralSecurityException {
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Base64.getDecoder().decode(application.key()), "HmacSHA256"));
    String header = base64.encodeToString(HEADER.getBytes(UTF_8)) + ".";
    return claims -> {
      String input = header + base64.encodeToString(claims.getBytes(UTF_8));
      return input + "." + base64.encodeToString(mac.doFinal(input.getBytes(UTF_8)));
    };
  }

  public static String sign(String header, String claims, byte[] key) {
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    String input =
        base64.encodeToString(header.getBytes(UTF_8))
            + "."
            + base64.encodeToString(claims.getBytes(UTF_8));
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return input + "." + base64.encodeToString(mac.doFinal(input.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
