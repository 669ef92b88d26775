package org.drawbridge.testing;

import static org.drawbridge.testing.TestJson.JSON;

import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.util.Base64;
import org.drawbridge.testing.WebhookReceiver.Call;

/** A browser's push subscription, at a push service on loopback; decrypts as a browser does. */
public final class TestDevice implements AutoCloseable {

  private static final NodePackage CLIENTS = new NodePackage("authsignal");

  private final WebhookReceiver service = new WebhookReceiver();
  private final KeyPair keys = P256.newKeys();
  private final byte[] auth = new byte[16];

  public TestDevice() {
    new SecureRandom().nextBytes(auth);
    service.answer(201);
  }

  public WebhookReceiver service() {
    return service;
  }

  /** What {@code PushSubscription.toJSON()} answers. */
  public JsonObject subscription() {
    ECPublicKey key = (ECPublicKey) keys.getPublic();
    byte[] point = new byte[65];
    point[0] = 4;
    System.arraycopy(P256.coordinate(key.getW().getAffineX()), 0, point, 1, 32);
    System.arraycopy(P256.coordinate(key.getW().getAffineY()), 0, point, 33, 32);
    return JSON.createObjectBuilder()
        .add("endpoint", service.url() + "/push/one")
        .add("keys", JSON.createObjectBuilder().add("p256dh", text(point)).add("auth", text(auth)))
        .build();
  }

  /** What the browser would make of a call: {@code notice}, {@code claims}, {@code isSigned}. */
  public JsonObject decrypted(Call call) {
    String result =
        CLIENTS.node(
            "decrypt-push.mjs",
            JSON.createObjectBuilder()
                .add("body", text(call.bytes()))
                .add("privateKey", text(P256.coordinate(((ECPrivateKey) keys.getPrivate()).getS())))
                .add("auth", text(auth))
                .add("authorization", call.header("Authorization"))
                .build()
                .toString());
    try (JsonReader reader = JSON.createReader(new StringReader(result))) {
      return reader.readObject();
    }
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public void close() {
    service.close();
  }
}
