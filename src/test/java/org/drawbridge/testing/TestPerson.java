package org.drawbridge.testing;

import static org.drawbridge.testing.TestJson.JSON;

import jakarta.json.JsonObject;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drawbridge.testing.HttpCalls.Answer;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who signs up for an account with a software authenticator, on the application's page.
 *
 * @param username also the e-mail address
 * @param subject the account at the application
 */
public record TestPerson(
    TestApplication application,
    String username,
    String subject,
    SoftwareAuthenticator authenticator) {

  private static final String REGISTRATION = "/nl3/api/v1/sdk/registration/";
  private static final Pattern CODE = Pattern.compile("\\b([0-9]{6})\\b");

  public static TestPerson at(TestApplication application) {
    String name = "person-" + UUID.randomUUID() + "@example.com";
    return new TestPerson(application, name, name, new SoftwareAuthenticator(application.url()));
  }

  /** Has done all of it: is a user, with the passkey and the account. */
  public static TestPerson signedUp(TestApplication application) {
    TestPerson person = at(application);
    person.register();
    person.signUp().expect(200);
    person.confirm(person.mailedCode()).expect(200);
    return person;
  }

  public Answer start() {
    return call("start", "{\"username\":\"" + username + "\"}");
  }

  /** Registers the credential; answers what {@code finish} answers. */
  public JsonObject register() {
    JsonObject started = start().expect(200).json();
    return finish(started, authenticator.create(started.getJsonObject("publicKey")))
        .expect(200)
        .json();
  }

  public Answer finish(JsonObject started, JsonObject credential) {
    return finish(started.getString("registrationId"), credential);
  }

  public Answer finish(String registrationId, JsonObject credential) {
    return call(
        "finish",
        JSON.createObjectBuilder()
            .add("registrationId", registrationId)
            .add("credential", credential)
            .build()
            .toString());
  }

  public Answer signUp() {
    return signUp(username);
  }

  public Answer signUp(String email) {
    return call(
        "signup",
        "{\"username\":\"%s\",\"email\":\"%s\",\"first_name\":\"Ana\",\"last_name\":\"Berg\",\"publicKeyCred\":\"%s\"}"
            .formatted(username, email, authenticator.credentialId()));
  }

  /** Names a phone, too. */
  public Answer signUp(String email, String phone) {
    return call(
        "signup",
        "{\"username\":\"%s\",\"email\":\"%s\",\"phone\":\"%s\",\"first_name\":\"Ana\",\"last_name\":\"Berg\",\"publicKeyCred\":\"%s\"}"
            .formatted(username, email, phone, authenticator.credentialId()));
  }

  public Answer confirm(String code) {
    return call(
        "confirmSignup",
        "{\"username\":\"%s\",\"confirmationCode\":\"%s\"}".formatted(username, code));
  }

  /** The code in the newest mail that has come with one. */
  public String mailedCode() {
    return codeIn(MailServer.text(MailServer.shared().mail(username, "Your code")));
  }

  /** The code of the mail that comes to an address because of what is asked. */
  public static String codeAfter(String address, Runnable asking) {
    int before = codeMails(address).size();
    asking.run();
    Await.until(Duration.ofSeconds(30), () -> codeMails(address).size() > before);
    return codeIn(MailServer.text(codeMails(address).get(before)));
  }

  /** The mails with codes that have come. */
  public static List<MimeMessage> codeMails(String address) {
    return MailServer.shared().mails(address).stream()
        .filter(mail -> MailServer.subject(mail).startsWith("Your code"))
        .toList();
  }

  /** The code in a message. */
  public static String codeIn(String message) {
    Matcher code = CODE.matcher(message);
    if (!code.find()) {
      throw new AssertionError("No code in: " + message);
    }
    return code.group(1);
  }

  /** The company's user of that name; null where there is none. */
  public @Nullable JsonObject user() {
    return application
        .company()
        .administrator()
        .get("/api/v1/companies/" + application.company().id() + "/users?pageSize=200")
        .expect(200)
        .json()
        .getJsonArray("items")
        .getValuesAs(JsonObject.class)
        .stream()
        .filter(user -> user.getString("username").equals(username))
        .findFirst()
        .orElse(null);
  }

  public Answer call(String name, String json) {
    return application.calls(subject).post(REGISTRATION + name, json);
  }

  /** Signs in on our own page; the calls carry the session and its token. */
  public HttpCalls signIn() {
    return session(SignIn.of(SharedServer.anonymous()).finish(here()).expect(201));
  }

  /** The newest of the person's unlock requests. */
  public static JsonObject unlockRequest(HttpCalls session) {
    return session.get("/api/v1/me/unlock-requests").expect(200).jsonArray().getJsonObject(0);
  }

  /**
   * Says yes to an unlock request, with the passkey.
   *
   * @param wish of the call that begins it, as JSON
   */
  public Answer approve(HttpCalls session, String request, String wish) {
    JsonObject started = session.post(approval(request) + "/start", wish).expect(200).json();
    return approve(session, request, started);
  }

  /** Finishes what was started. */
  public Answer approve(HttpCalls session, String request, JsonObject started) {
    return session.post(approval(request), answer(started).toString());
  }

  /** What finishes an authentication ceremony on one of our own pages. */
  public JsonObject answer(JsonObject started) {
    return JSON.createObjectBuilder()
        .add("ceremonyId", started.getString("ceremonyId"))
        .add("credential", here().get(started.getJsonObject("publicKey")))
        .build();
  }

  private static String approval(String request) {
    return "/api/v1/me/unlock-requests/" + request + "/approval";
  }

  /** The same authenticator on our own page. */
  public SoftwareAuthenticator here() {
    authenticator.origin = SharedServer.get().url().toString();
    return authenticator;
  }

  /** Calls in the session that an answer began. */
  public static HttpCalls session(Answer signedIn) {
    String cookie = signedIn.header("Set-Cookie");
    return SharedServer.anonymous()
        .with("Cookie", cookie.substring(0, cookie.indexOf(';')))
        .with("x-drawbridge-csrf", signedIn.json().getString("csrfToken"));
  }

  /** One authentication ceremony. */
  public record SignIn(HttpCalls calls, JsonObject started) {

    public static SignIn of(HttpCalls calls) {
      return new SignIn(calls, calls.post("/api/v1/sessions/start", "{}").expect(200).json());
    }

    public static SignIn of(HttpCalls calls, String companyId, String username) {
      return new SignIn(
          calls,
          calls
              .post(
                  "/api/v1/sessions/start",
                  "{\"companyId\":\"%s\",\"username\":\"%s\"}".formatted(companyId, username))
              .expect(200)
              .json());
    }

    public Answer finish(SoftwareAuthenticator authenticator) {
      return finish(authenticator.get(started.getJsonObject("publicKey")));
    }

    public Answer finish(JsonObject credential) {
      return calls.post(
          "/api/v1/sessions",
          JSON.createObjectBuilder()
              .add("ceremonyId", started.getString("ceremonyId"))
              .add("credential", credential)
              .build()
              .toString());
    }
  }
}
