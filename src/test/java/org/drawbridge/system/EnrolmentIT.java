package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.drawbridge.testing.Browser;
import org.drawbridge.testing.HttpCalls;
import org.drawbridge.testing.MailServer;
import org.drawbridge.testing.Problems;
import org.drawbridge.testing.SharedServer;
import org.drawbridge.testing.SoftwareAuthenticator;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestCompany;
import org.drawbridge.testing.TestPerson;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The page behind an enrolment link")
class EnrolmentIT {

  private final TestCompany company = TestCompany.create();
  private final TestApplication application = company.application();
  private final String name = "person-" + UUID.randomUUID() + "@example.com";

  @Test
  @DisplayName("leads a person with a phone from the link to an account that locks and unlocks")
  void wholeWay() {
    String token = enabled(name);
    try (Browser browser = Browser.open()) {
      browser.narrow().go(page(token)).awaitText("h1", "Protect your account at Application");
      assertThat(browser.address()).as("the link is a secret").endsWith("/enroll");
      assertThat(browser.barriers()).isEmpty();
      browser.picture("enrol-1-sign-up");
      browser
          .type("[name=first_name]", "Ana")
          .type("[name=last_name]", "Berg")
          .type("[name=email]", name)
          .click("#sign-up button")
          .awaitText("h1", "Check your mail")
          .picture("enrol-2-confirm");
      assertThat(browser.barriers()).isEmpty();
      browser.type("[name=code]", "000000").click("#confirm button");
      browser.awaitText("#problem", "does not count").picture("enrol-3-wrong-code");
      String mail = MailServer.text(MailServer.shared().mail(name, "Your code"));
      browser
          .type("[name=code]", TestPerson.codeIn(mail))
          .click("#confirm button")
          .awaitText("h1", "Your account is protected")
          .awaitText("#accounts h2", name);
      browser.click("#accounts button").awaitText("#accounts .state", "Locked");
      assertThat(application.isLocked(name)).isTrue();
      browser.picture("enrol-4-locked");
      browser.click("#accounts button").awaitText("#accounts .state", "Unlocked");
      assertThat(application.isLocked(name)).isFalse();
      browser.click("#codes").awaitText("#code-list", "-").picture("enrol-5-codes");
      assertThat(browser.count("#code-list li")).isEqualTo(10);
      assertThat(browser.barriers()).isEmpty();
      // The one refusal that the wrong code was answered with.
      assertThat(browser.complaints()).allMatch(line -> line.contains("403"));

      String second = "second-" + name;
      browser.go(page(enabled(second))).click("#sign-in").awaitText("#accounts", second);
      assertThat(browser.count("#accounts li")).isEqualTo(2);

      browser.go(page(token)).awaitText("#problem", "was used already").picture("enrol-6-used");
    }
  }

  @Test
  @DisplayName("leads an invited user from the mail to a passkey")
  void invited() {
    String user = company.user("");
    String email = company.administrator().get("/api/v1/users/" + user).json().getString("email");
    company.administrator().post("/api/v1/users/" + user + "/enrolment").expect(202);
    String text = MailServer.text(MailServer.shared().mail(email, "Make your passkey"));
    String link = text.replaceAll("(?s).*(http\\S+auth-token=[\\w-]+).*", "$1");
    try (Browser browser = Browser.open()) {
      browser.go(link).awaitText("h1", "Your passkey for Company of a test");
      browser.picture("enrol-7-invited").click("#passkey");
      browser.awaitText("h1", "You are signed in").awaitText("#no-accounts", "no accounts");
      browser.go(link).awaitText("#problem", "was used already");
    }
  }

  @Test
  @DisplayName("says plainly that a link is expired, foreign or cut off")
  void badLinks() {
    Instant past = Instant.now().minusSeconds(3600);
    String expired = application.token(name).claim("exp", past.getEpochSecond()).compact();
    Problems.expect(RecoveryIT.link(expired).get("/api/v1/enrolment"), 403, "enrolment-expired");
    String whole = application.token(name).compact();
    Problems.expect(
        RecoveryIT.link(whole.substring(0, whole.length() - 4)).get("/api/v1/enrolment"),
        403,
        "enrolment-unknown");
    String token = enabled(name);
    Problems.expect(
        RecoveryIT.link("B" + token.substring(1)).get("/api/v1/enrolment"),
        403,
        "enrolment-unknown");
    Problems.expect(SharedServer.anonymous().get("/api/v1/enrolment"), 403, "enrolment-unknown");
    Problems.expect(
        RecoveryIT.link(token).post("/api/v1/enrolment/passkey/start"), 403, "enrolment-unknown");
  }

  @Test
  @DisplayName("is a domain token's, too, and adds the account")
  void domainToken() {
    HttpCalls link = RecoveryIT.link(application.token(name).compact());
    assertThat(link.get("/api/v1/enrolment").expect(200).json().getString("userAccountId"))
        .isEqualTo(name);
  }

  @Test
  @DisplayName("is open to somebody who was imported with the account, until there is a passkey")
  void imported() {
    SharedServer.anonymous()
        .with("x-nl3-api-token", company.apiKey())
        .post(
            "/nl3/api/v1/sdk/importUsers",
            "[{\"first_name\":\"Ana\",\"last_name\":\"Berg\",\"email\":\"%s\",\"domain\":\"%s\",\"userAccountId\":\"%s\"}]"
                .formatted(name, application.url(), name))
        .expect(200);
    HttpCalls link = RecoveryIT.link(enabled(name));
    link.get("/api/v1/enrolment").expect(200);
    TestPerson ana =
        new TestPerson(application, name, name, new SoftwareAuthenticator(application.url()));
    ana.register();
    ana.signUp().expect(200);
    ana.confirm(ana.mailedCode()).expect(200);
    Problems.expect(link.get("/api/v1/enrolment"), 403, "enrolment-used");
  }

  @Test
  @DisplayName("gives no account of one company to a user of another")
  void foreignClaim() {
    TestPerson foreigner = TestPerson.signedUp(TestCompany.create().application());
    HttpCalls calls = foreigner.signIn().with("x-drawbridge-enrolment", enabled(name));
    Problems.expect(calls.post("/api/v1/enrolment/claim"), 403, "enrolment-unknown");
    Problems.expect(
        RecoveryIT.link(enabled(name)).post("/api/v1/enrolment/claim"), 401, "credential-missing");
  }

  @Test
  @DisplayName("gives nobody the disabled account of somebody else, and leaves it disabled")
  void ownedClaim() {
    String owner = company.user("");
    String account = application.account(name, ",\"userId\":\"" + owner + "\"");
    String link = enabled(name);
    String path = "/api/v1/accounts/" + account;
    company.administrator().patch(path, "{\"enabled\":false}").expect(200);
    HttpCalls calls =
        TestPerson.signedUp(application).signIn().with("x-drawbridge-enrolment", link);
    Problems.expect(calls.post("/api/v1/enrolment/claim"), 409, "account-owned");
    assertThat(company.administrator().get(path).json().getBoolean("enabled")).isFalse();
  }

  private String enabled(String userAccountId) {
    return application
        .calls(userAccountId)
        .post("/nl3/api/v1/sdk/enableUser")
        .json()
        .getString("nl3UserToken");
  }

  private static String page(String token) {
    return SharedServer.get().url() + "/enroll?auth-token=" + token;
  }
}
