package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.UUID;
import org.drawbridge.testing.Auth0Tenant;
import org.drawbridge.testing.Browser;
import org.drawbridge.testing.MailServer;
import org.drawbridge.testing.SharedServer;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestCompany;
import org.drawbridge.testing.TestDevice;
import org.drawbridge.testing.TestPerson;
import org.drawbridge.testing.TestPolicies;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Just in time")
class JustInTimeIT {

  private final TestCompany company = TestCompany.create();
  private final TestApplication application = company.application();

  @Test
  @DisplayName(
      "a login that was blocked at Auth0 goes on, once its person and an approver have said yes")
  void story() {
    String ana = "ana-" + UUID.randomUUID() + "@example.com";
    String ben = "ben-" + UUID.randomUUID() + "@example.com";
    Auth0Tenant tenant =
        new Auth0Tenant(
            SharedServer.get(), Path.of("src/main/auth0/post-login/action.js"), application);
    try (Browser anas = Browser.open().narrow();
        Browser bens = Browser.open()) {
      enrol(anas, ana);
      enrol(bens, ben);
      TestPolicies policies = TestPolicies.of(company);
      String policy =
          policies.create(
              "\"policyType\":\"MULTI_APPROVAL\",\"multiApprovalAction\":\"LOCK\",\"requiredApprovals\":1,\"approvers\":[\"%s\"]"
                  .formatted(ben));
      policies.addMember(policy, ana);

      assertThat(tenant.login(ana).getBoolean("denied")).isTrue();
      anas.go(link(ana, "A login to")).awaitText("#unlocks .state", "Waiting for your answer");
      assertThat(anas.text("#unlocks .facts")).contains("once");
      assertThat(anas.barriers()).isEmpty();
      assertThat(anas.scrollsSideways()).isFalse();
      anas.picture("requests-1-pending").click("#unlocks .yes button");
      anas.awaitText("#unlocks .state", "Waiting for approvers").picture("requests-2-awaiting");

      bens.go(link(ben, "Your approval")).awaitText("#approvals .text", ana);
      assertThat(bens.barriers()).isEmpty();
      bens.picture("requests-3-approver").click("#approvals .approve");
      bens.awaitText("#approvals .state", "Approved");
      anas.awaitText("#unlocks .state", "Approved").picture("requests-4-approved");
      assertThat(anas.complaints()).isEmpty();

      JsonObject next = tenant.login(ana);
      assertThat(next.getBoolean("denied")).as(next.toString()).isFalse();
    }
  }

  @Test
  @DisplayName("the number on the login page is picked, and a wrong one denies")
  void numbers() {
    company
        .administrator()
        .patch("/api/v1/companies/" + company.id(), "{\"numberMatching\":true}")
        .expect(200);
    String ana = "ana-" + UUID.randomUUID() + "@example.com";
    try (Browser anas = Browser.open().narrow()) {
      enrol(anas, ana);
      anas.click("#accounts button").awaitText("#accounts .state", "Locked");
      String number = application.check(ana).expect(200).json().getString("number");
      anas.go(SharedServer.get().url() + "/requests/")
          .awaitText("#unlocks .why", "Pick the number");
      assertThat(anas.count("#unlocks .yes button")).isEqualTo(3);
      anas.dark();
      assertThat(anas.barriers()).isEmpty();
      anas.picture("requests-5-numbers").clickButton("#unlocks .yes button", number);
      anas.awaitText("#unlocks .state", "Approved");
      assertThat(application.isLocked(ana)).isFalse();
    }
  }

  @Test
  @DisplayName(
      "who was sent here from a login goes on with it, where the company knows the address")
  void continuation() {
    String ana = "ana-" + UUID.randomUUID() + "@example.com";
    String server = SharedServer.get().url().toString();
    String page = server + "/requests/?state=abc&continue=" + server + "/api/v1/version";
    try (Browser anas = Browser.open().narrow()) {
      enrol(anas, ana);
      anas.go(page).awaitText("#problem", "allowedOrigins");
      assertThat(anas.count("#continuation:not([hidden])")).isZero();
      company
          .administrator()
          .patch(
              "/api/v1/companies/" + company.id() + "/challenge-settings",
              "{\"allowedOrigins\":[\"" + server + "\"]}")
          .expect(200);
      anas.go(page).awaitText("#continuation", "continue your login");
      assertThat(anas.barriers()).isEmpty();
      anas.click("#continuation a").awaitText("body", "version");
      assertThat(anas.address()).isEqualTo(server + "/api/v1/version?state=abc");
    }
  }

  @Test
  @DisplayName("a device shows what waits for its person, once that is wanted there")
  void device() {
    String ana = "ana-" + UUID.randomUUID() + "@example.com";
    try (Browser anas = Browser.open().narrow();
        TestDevice device = new TestDevice()) {
      enrol(anas, ana);
      anas.click("#accounts button").awaitText("#accounts .state", "Locked");
      anas.go(SharedServer.get().url() + "/requests/")
          .subscribesAs(device.subscription().toString())
          .click("#device-on")
          .awaitText("#device-state", "This device shows you at once");
      assertThat(anas.barriers()).isEmpty();
      anas.picture("requests-6-device");
      assertThat(application.isLocked(ana)).isTrue();
      JsonObject notice =
          device.decrypted(device.service().calls(1).get(0)).getJsonObject("notice");
      assertThat(anas.shownAfterPush(notice.toString())).containsExactly(notice.getString("title"));
      assertThat(anas.complaints()).isEmpty();
    }
  }

  /** Signs up behind the link that the application gives its person. */
  private void enrol(Browser browser, String name) {
    String token =
        application
            .calls(name)
            .post("/nl3/api/v1/sdk/enableUser")
            .expect(201)
            .json()
            .getString("nl3UserToken");
    browser
        .go(SharedServer.get().url() + "/enroll?auth-token=" + token)
        .type("[name=first_name]", "Ana")
        .type("[name=last_name]", "Berg")
        .type("[name=email]", name)
        .click("#sign-up button")
        .awaitText("h1", "Check your mail");
    String mail = MailServer.text(MailServer.shared().mail(name, "Your code"));
    browser
        .type("[name=code]", TestPerson.codeIn(mail))
        .click("#confirm button")
        .awaitText("h1", "Your account is protected");
  }

  private static String link(String recipient, String words) {
    String text = MailServer.text(MailServer.shared().mail(recipient, words));
    return text.replaceAll("(?s).*(http\\S+/requests/).*", "$1");
  }
}
