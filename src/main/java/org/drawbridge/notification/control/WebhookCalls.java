package org.drawbridge.notification.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.drawbridge.kernel.OutboundHttp;
import org.drawbridge.kernel.OutboundHttp.Answer;

/**
 * Posts events to webhooks. Each try is signed anew: {@code X-Signature-V2: t=…,v2=…,v2=…} holds
 * the time in Unix seconds, and the HMAC-SHA256 of {@code t.payload} with each of the secrets.
 */
@ApplicationScoped
public class WebhookCalls implements Line {

  private static final int GONE = 410;

  @Inject OutboundHttp http;
  @Inject Clock clock;

  @Override
  public void send(Delivery delivery) throws DeliveryFailed {
    Destination.Endpoint endpoint = (Destination.Endpoint) delivery.destination();
    String payload = delivery.text().body();
    try {
      Answer answer =
          http.post(
              endpoint.url(),
              Map.of(
                  "Content-Type",
                  "application/json",
                  "X-Signature-V2",
                  signatures(endpoint.secrets(), payload)),
              payload.getBytes(StandardCharsets.UTF_8));
      if (answer.status() == GONE) {
        throw DeliveryFailed.forGood("The webhook answered 410: it is gone");
      }
      if (!answer.isSuccess()) {
        throw new DeliveryFailed("The webhook answered " + answer.status());
      }
    } catch (IOException e) {
      throw new DeliveryFailed("The webhook cannot be reached: " + e.getMessage(), e);
    }
  }

  private String signatures(List<byte[]> secrets, String payload) {
    long time = clock.instant().getEpochSecond();
    return secrets.stream()
        .map(secret -> ",v2=" + signature(secret, time + "." + payload))
        .collect(Collectors.joining("", "t=" + time, ""));
  }

  private static String signature(byte[] secret, String content) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return Base64.getEncoder()
          .withoutPadding()
          .encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA256 is not available", e);
    }
  }
}
