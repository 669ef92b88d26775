package org.drawbridge.testing;

import static org.drawbridge.testing.TestJson.JSON;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Plays Auth0: runs an Action in Node, with the real njwt where it asks for it, its HTTPS requests
 * going to a TLS port on loopback in front of the server. See {@code src/test/auth0/harness.mjs},
 * which says what a scenario may hold.
 */
public final class Auth0Tenant {

  public static final String API_HOST = "api.drawbridge.test";
  public static final Path FOLDER = Path.of("src/test/auth0");

  private static final NodePackage INSTALLED = new NodePackage("auth0");
  private static final Path KEY_STORE = INSTALLED.folder().resolve("tls.p12");

  private static boolean prepared;

  private final RunningServer server;
  private final Path action;
  private final TestApplication application;

  /**
   * @param action the Action's file
   */
  public Auth0Tenant(RunningServer server, Path action, TestApplication application) {
    prepare();
    this.server = server;
    this.action = action;
    this.application = application;
  }

  /** One login of the person with that e-mail address; answers what the harness reports. */
  public JsonObject login(String email) {
    return login(email, JSON.createObjectBuilder());
  }

  /**
   * @param more scenario members to add, such as {@code fault}
   */
  public JsonObject login(String email, JsonObjectBuilder more) {
    JsonObject event =
        JSON.createObjectBuilder()
            .add("user", JSON.createObjectBuilder().add("email", email))
            .build();
    return run(scenario("post-login", Map.of("CLIENT_ID", "test-client"), event, more));
  }

  /**
   * A run of the Action.
   *
   * @param secrets beside those that name the application; or others in their place
   * @param event merged into a realistic one
   * @param more scenario members to add, such as {@code fault}
   */
  public JsonObject scenario(
      String trigger, Map<String, String> secrets, JsonObject event, JsonObjectBuilder more) {
    JsonObjectBuilder all =
        JSON.createObjectBuilder()
            .add("SIGNING_KEY", application.key())
            .add("APP_URI", application.url())
            .add("API_PATH", "/v1/AccountProtectionCheck")
            .add("ERROR_MESSAGE", "Login failed");
    secrets.forEach(all::add);
    return more.add("trigger", trigger)
        .add("action", action.toString())
        .add("serverPort", server.port())
        .add("p12", KEY_STORE.toString())
        .add("p12Password", "changeit")
        .add("apiHost", API_HOST)
        .add("njwtFolder", INSTALLED.folder().toString())
        .add("secrets", all)
        .add("event", event)
        .build();
  }

  public static JsonObject run(JsonObject scenario) {
    return harness(scenario).asJsonObject();
  }

  /** Several side by side; answers their reports in the same order. */
  public static List<JsonObject> run(List<JsonObject> scenarios) {
    return harness(JSON.createArrayBuilder(scenarios).build())
        .asJsonArray()
        .getValuesAs(JsonObject.class);
  }

  private static JsonStructure harness(JsonStructure input) {
    String result =
        NodePackage.run(input.toString(), "node", FOLDER.resolve("harness.mjs").toString());
    try (JsonReader reader = JSON.createReader(new StringReader(result))) {
      return reader.read();
    }
  }

  /** Installs what the Node files need, and makes a certificate, once. */
  public static synchronized void prepare() {
    if (prepared) {
      return;
    }
    try {
      INSTALLED.prepare();
      Files.deleteIfExists(KEY_STORE);
      NodePackage.run(
          "",
          Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
          "-genkeypair",
          "-alias",
          "server",
          "-keyalg",
          "EC",
          "-groupname",
          "secp256r1",
          "-validity",
          "2",
          "-dname",
          "CN=" + API_HOST,
          "-ext",
          "SAN=dns:" + API_HOST + ",ip:127.0.0.1",
          "-storetype",
          "PKCS12",
          "-keystore",
          KEY_STORE.toString(),
          "-storepass",
          "changeit");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    prepared = true;
  }

  /** Runs the Node test files; answers what they printed. */
  public static String runNodeTests() {
    prepare();
    return NodePackage.run(
        "",
        "env",
        "NODE_MODULES_FOLDER=" + INSTALLED.folder().toAbsolutePath(),
        "node",
        "--test",
        FOLDER.resolve("action.test.mjs").toString(),
        FOLDER.resolve("challenge.test.mjs").toString(),
        FOLDER.resolve("harness.test.mjs").toString(),
        FOLDER.resolve("pack.test.mjs").toString(),
        FOLDER.resolve("runner.test.mjs").toString(),
        FOLDER.resolve("types.test.mjs").toString());
  }
}
