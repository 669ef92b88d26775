package org.drawbridge.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.drawbridge.testing.TestJson.JSON;

import com.sun.net.httpserver.HttpServer;
import jakarta.json.JsonObject;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;

/** A transmitter of Security Event Tokens on loopback, with a P-256 key that it publishes. */
public final class TestTransmitter implements AutoCloseable {

  private final HttpServer server;
  private final KeyPair keys;
  private final AtomicInteger fetches = new AtomicInteger();

  public TestTransmitter() {
    this.keys = P256.newKeys();
    this.server = Loopback.httpServer();
    server.createContext(
        "/jwks",
        exchange -> {
          fetches.incrementAndGet();
          byte[] body = keySet().getBytes(UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  /** Keys of somebody else. */
  public static KeyPair newKeys() {
    return P256.newKeys();
  }

  public String issuer() {
    return "https://idp.example.com/" + server.getAddress().getPort();
  }

  public String keySetUrl() {
    return Loopback.url(server) + "/jwks";
  }

  /** How often its keys were fetched. */
  public int fetches() {
    return fetches.get();
  }

  private String keySet() {
    ECPublicKey key = (ECPublicKey) keys.getPublic();
    JsonObject jwk =
        JSON.createObjectBuilder()
            .add("kty", "EC")
            .add("crv", "P-256")
            .add("use", "sig")
            .add("kid", "one")
            .add("x", base64(P256.coordinate(key.getW().getAffineX())))
            .add("y", base64(P256.coordinate(key.getW().getAffineY())))
            .build();
    return JSON.createObjectBuilder()
        .add("keys", JSON.createArrayBuilder().add(jwk))
        .build()
        .toString();
  }

  /** A token with these claims, as it should be. */
  public String token(JsonObject claims) {
    return token("{\"typ\":\"secevent+jwt\",\"alg\":\"ES256\",\"kid\":\"one\"}", claims, keys);
  }

  /** The same, signed by somebody else, or under another header. */
  public static String token(String header, JsonObject claims, KeyPair keys) {
    String input = base64(header.getBytes(UTF_8)) + "." + base64(claims.toString().getBytes(UTF_8));
    try {
      Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(keys.getPrivate());
      signature.update(input.getBytes(UTF_8));
      return input + "." + base64(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public KeyPair keys() {
    return keys;
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
