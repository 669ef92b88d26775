package org.drawbridge.notification.control;

import jakarta.json.spi.JsonProvider;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Hands short messages to an HTTP gateway: POST of {@code {"to", "body"}}, answered with 2xx once
 * it is taken over. {@code user:password@} in the address goes into Basic authentication.
 */
final class SmsGateway implements Line {

  private static final JsonProvider JSON = JsonProvider.provider();
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final HttpClient client =
      HttpClient.newBuilder()
          // Small gateways do not know what to do with an offer of HTTP/2.
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(TIMEOUT)
          .build();

  private final HttpRequest.Builder request;

  SmsGateway(URI gateway) {
    this.request =
        HttpRequest.newBuilder(withoutUserInfo(gateway))
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json");
    if (gateway.getUserInfo() != null) {
      byte[] credential = gateway.getUserInfo().getBytes(StandardCharsets.UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credential));
    }
  }

  private static URI withoutUserInfo(URI gateway) {
    String userInfo = gateway.getRawUserInfo();
    return userInfo == null
        ? gateway
        : URI.create(gateway.toString().replaceFirst("//[^@/]*@", "//"));
  }

  @Override
  public void send(Delivery delivery) throws DeliveryFailed {
    String body =
        JSON.createObjectBuilder()
            .add("to", delivery.address())
            .add("body", delivery.text().body())
            .build()
            .toString();
    int status = status(request.copy().POST(HttpRequest.BodyPublishers.ofString(body)).build());
    if (status / 100 != 2) {
      throw new DeliveryFailed("The gateway answered " + status);
    }
  }

  private int status(HttpRequest call) throws DeliveryFailed {
    CompletableFuture<HttpResponse<Void>> answer =
        client.sendAsync(call, BodyHandlers.discarding());
    try {
      // The request's own time-out does not cover the body of the answer.
      return answer.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS).statusCode();
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new DeliveryFailed("The gateway did not answer in time", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (cause instanceof IOException) {
        throw new DeliveryFailed("The gateway cannot be reached: " + cause, cause);
      }
      throw new IllegalStateException(cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeliveryFailed("The node is stopping", e);
    }
  }
}
