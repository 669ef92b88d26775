package org.drawbridge.testing;

import static org.drawbridge.testing.TestJson.JSON;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** A gateway for short messages on loopback, which wants a password, and all that it took. */
public final class SmsGateway {

  private static final Duration DELIVERY = Duration.ofSeconds(30);

  private static SmsGateway shared;

  private final HttpServer server;
  private final List<JsonObject> messages = new CopyOnWriteArrayList<>();
  private final AtomicInteger refusals = new AtomicInteger();
  private final AtomicInteger held = new AtomicInteger();
  private volatile Semaphore gate = open();

  private static Semaphore open() {
    return new Semaphore(Integer.MAX_VALUE);
  }

  private SmsGateway(HttpServer server) {
    this.server = server;
  }

  /** The one that the servers of a run send to. */
  public static synchronized SmsGateway shared() {
    if (shared == null) {
      HttpServer server = Loopback.httpServer();
      SmsGateway gateway = new SmsGateway(server);
      server
          .createContext("/send", gateway::take)
          .setAuthenticator(
              new BasicAuthenticator("sms") {
                @Override
                public boolean checkCredentials(String user, String password) {
                  return user.equals("drawbridge") && password.equals("p@ss/word");
                }
              });
      server.setExecutor(
          Executors.newCachedThreadPool(
              task -> {
                Thread thread = new Thread(task);
                thread.setDaemon(true);
                return thread;
              }));
      server.start();
      shared = gateway;
    }
    return shared;
  }

  /** As the setting, with a user and password. */
  public String url() {
    return "http://drawbridge:p%40ss%2Fword@localhost:" + server.getAddress().getPort() + "/send";
  }

  /** Answers 503 to the next so many messages. */
  public void refuse(int messages) {
    refusals.set(messages);
  }

  /** Answers so many messages more; those after them wait until this is closed. */
  public AutoCloseable holdAfter(int messages) {
    Semaphore closing = new Semaphore(messages);
    gate = closing;
    return () -> {
      gate = open();
      closing.release(Integer.MAX_VALUE / 2);
    };
  }

  /** How many messages wait for their answer. */
  public int held() {
    return held.get();
  }

  /** The bodies that came for a number, oldest first. */
  public List<String> texts(String phone) {
    return messages.stream()
        .filter(message -> message.getString("to").equals(phone))
        .map(message -> message.getString("body"))
        .toList();
  }

  /** The only text that came for a number, once it has come. */
  public String text(String phone) {
    Await.until(DELIVERY, () -> !texts(phone).isEmpty());
    List<String> texts = texts(phone);
    if (texts.size() != 1) {
      throw new AssertionError(texts.size() + " messages came for " + phone);
    }
    return texts.get(0);
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange;
        JsonReader reader = JSON.createReader(exchange.getRequestBody())) {
      JsonObject message = reader.readObject();
      if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        exchange.sendResponseHeaders(503, -1);
      } else {
        held.incrementAndGet();
        gate.acquireUninterruptibly();
        held.decrementAndGet();
        messages.add(message);
        exchange.sendResponseHeaders(204, -1);
      }
    }
  }
}
