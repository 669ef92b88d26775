package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.testing.TestJson.JSON;

import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.drawbridge.testing.HttpCalls;
import org.drawbridge.testing.HttpCalls.Answer;
import org.drawbridge.testing.MailServer;
import org.drawbridge.testing.Problems;
import org.drawbridge.testing.SharedServer;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestCompany;
import org.drawbridge.testing.TestPerson;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An approval request of an application")
class ApprovalRequestsIT {

  private static final String ASK = "/nl3/api/v1/approvalRequest";
  private static final String REQUESTS = "/api/v1/approval-requests";

  private final TestCompany company = TestCompany.create();
  private final TestApplication application = company.application();
  private final TestPerson ana = TestPerson.signedUp(application);
  private final TestPerson ben = TestPerson.signedUp(application);
  private final HttpCalls bens = ben.signIn();
  private final HttpCalls administrator = company.administrator();
  private final String templates = "/api/v1/companies/" + company.id() + "/approval-templates";

  @Test
  @DisplayName("is made of a template, told to its approvers, and tells the outcome to who asked")
  void wholeWay() {
    template("APPROVE", "[\"" + ben.username() + "\"]");
    JsonObject asked = ask("{\"amount\":\"5 < 6 & \\\"x\\\"\"}").expect(201).json();
    assertThat(asked.getString("state")).isEqualTo("PENDING");
    String id = asked.getString("id");
    String mail = MailServer.text(MailServer.shared().mail(ben.username(), "Transfer"));
    assertThat(mail).contains("Pay 5 < 6 & \"x\" to Acme");
    JsonObject shown = bens.get(REQUESTS).expect(200).jsonArray().getJsonObject(0);
    assertThat(shown.getString("text")).isEqualTo("Pay 5 < 6 & \"x\" to Acme");
    assertThat(shown.getString("type")).isEqualTo("APPROVE");
    bens.post(REQUESTS + "/" + id + "/approvals/me").expect(200);
    assertThat(state(id)).isEqualTo("APPROVED");
    MailServer.shared().mail(ana.username(), "Transfer was approved");
  }

  @Test
  @DisplayName("names its template by key or by id, and never that of another company")
  void templateById() {
    String id = template("APPROVE", "[\"" + ben.username() + "\"]").getString("id");
    String body = "{\"templateId\":\"%s\",\"metaData\":{\"amount\":\"5\"}}";
    post(body.formatted(id)).expect(201);
    post(body.formatted(id.toUpperCase(Locale.ROOT))).expect(201);
    assertThat(bens.get(REQUESTS).expect(200).jsonArray())
        .hasSize(2)
        .allSatisfy(
            asked -> assertThat(asked.asJsonObject().getString("text")).isEqualTo("Pay 5 to Acme"));
    TestApplication foreign = TestCompany.create().application();
    assertThat(foreign.calls("x").post(ASK, body.formatted(id)).expect(400).wrongMembers())
        .containsExactly("/templateId");
    assertThat(post(body.formatted(UUID.randomUUID())).expect(400).wrongMembers())
        .containsExactly("/templateId");
  }

  @Test
  @DisplayName("asks the owners of the accounts in the template's groups, whoever that is by then")
  void groups() {
    TestPerson eva = TestPerson.signedUp(application);
    String groupId =
        administrator
            .post(
                "/api/v1/companies/" + company.id() + "/groups",
                "{\"groupKey\":\"treasury\",\"groupName\":\"Treasury\"}")
            .expect(201)
            .json()
            .getString("id");
    members(groupId, ana, ben);
    String ofGroup = body("APPROVE", "[],\"groups\":[\"treasury\"]");
    JsonObject template = administrator.post(templates, ofGroup).expect(201).json();
    assertThat(template.getJsonArray("groups").getString(0)).isEqualTo(groupId);
    ask("{\"amount\":\"5\"}").expect(201);
    assertThat(bens.get(REQUESTS).expect(200).jsonArray()).hasSize(1);
    assertThat(ana.signIn().get(REQUESTS).expect(200).jsonArray()).as("not oneself").isEmpty();
    HttpCalls evas = eva.signIn();
    assertThat(evas.get(REQUESTS).expect(200).jsonArray()).isEmpty();
    members(groupId, eva);
    ask("{\"amount\":\"6\"}").expect(201);
    assertThat(bens.get(REQUESTS).expect(200).jsonArray()).hasSize(1);
    assertThat(evas.get(REQUESTS).expect(200).jsonArray()).hasSize(1);
    assertThat(
            administrator
                .put(
                    templates + "/" + template.getString("id"), ofGroup.replace("treasury", "lost"))
                .expect(400)
                .wrongMembers())
        .containsExactly("/groups/0");
  }

  private void members(String groupId, TestPerson... people) {
    String ids =
        Arrays.stream(people)
            .map(p -> p.user().getJsonArray("accounts").getJsonObject(0).getString("id"))
            .collect(Collectors.joining("\",\"", "\"", "\""));
    administrator
        .put("/api/v1/groups/" + groupId + "/members", "{\"accountIds\":[" + ids + "]}")
        .expect(200);
  }

  @Test
  @DisplayName("is signed with a passkey, and the signature can be verified again later")
  void signed() {
    template("SIGN_AND_APPROVE", "[\"" + ben.username() + "\"]");
    String id = ask("{\"amount\":\"5\"}").expect(201).json().getString("id");
    String mine = REQUESTS + "/" + id + "/approvals/me";
    Problems.expect(bens.post(mine), 403, "signature-required");
    Problems.expect(bens.post(mine, "{\"ceremonyId\":\"x\"}"), 403, "signature-required");
    JsonObject started = bens.post(mine + "/start").expect(200).json();
    JsonObject document;
    try (JsonReader reader = JSON.createReader(new StringReader(started.getString("document")))) {
      document = reader.readObject();
    }
    assertThat(document.getString("text")).isEqualTo("Pay 5 to Acme");
    assertThat(document.getString("approvalRequest")).isEqualTo(id);
    assertThat(document.getString("approver")).isEqualTo(ben.username());
    Problems.expect(bens.post(mine, signature(ana, started)), 403, "credential-unknown");
    JsonObject again = bens.post(mine + "/start").expect(200).json();
    bens.post(mine, signature(ben, again)).expect(200);
    assertThat(state(id)).isEqualTo("APPROVED");

    JsonObject recorded =
        administrator
            .get("/api/v1/companies/" + company.id() + "/approval-requests/" + id)
            .expect(200)
            .json();
    JsonObject vote = recorded.getJsonArray("votes").getJsonObject(0);
    assertThat(vote.getString("document")).isEqualTo(again.getString("document"));
    assertThat(vote.getBoolean("signatureValid")).isTrue();
  }

  @Test
  @DisplayName("whose signed document was altered since does not verify")
  void alteredSince() {
    template("SIGN_AND_APPROVE", "[\"" + ben.username() + "\"]");
    String id = ask("{\"amount\":\"5\"}").expect(201).json().getString("id");
    String mine = REQUESTS + "/" + id + "/approvals/me";
    bens.post(mine, signature(ben, bens.post(mine + "/start").expect(200).json())).expect(200);
    SharedServer.database()
        .execute(
            "update approval_votes set document = replace(document, 'Pay 5', 'Pay 500')"
                + " where request_id = ?",
            UUID.fromString(id));
    assertThat(
            administrator
                .get("/api/v1/companies/" + company.id() + "/approval-requests/" + id)
                .expect(200)
                .json()
                .getJsonArray("votes")
                .getJsonObject(0)
                .getBoolean("signatureValid"))
        .isFalse();
  }

  @Test
  @DisplayName("is rejected by a no, and asks further approvers that the application names")
  void rejected() {
    template("APPROVE", "[]");
    Problems.expect(ask("{\"amount\":\"5\"}"), 409, "approvers-missing");
    String id =
        post("{\"templateId\":\"transfer\",\"metaData\":{\"amount\":\"5\"},\"approvers\":[\"%s\",\"%s\"]}"
                .formatted(ben.username(), ana.username()))
            .expect(201)
            .json()
            .getString("id");
    assertThat(ana.signIn().get(REQUESTS).expect(200).jsonArray()).as("one's own").isEmpty();
    bens.post(REQUESTS + "/" + id + "/rejections/me").expect(200);
    assertThat(state(id)).isEqualTo("REJECTED");
    MailServer.shared().mail(ana.username(), "Transfer was rejected");
  }

  @Test
  @DisplayName("expires after an hour")
  void expiry() {
    template("APPROVE", "[\"" + ben.username() + "\"]");
    String id = ask("{\"amount\":\"5\"}").expect(201).json().getString("id");
    SharedServer.database()
        .execute(
            "update approval_requests set expiry = expiry - interval '1 hour' where id = ?",
            UUID.fromString(id));
    assertThat(state(id)).isEqualTo("EXPIRED");
    MailServer.shared().mail(ana.username(), "Transfer has expired");
  }

  @Test
  @DisplayName("names what is wrong with it")
  void malformed() {
    template("APPROVE", "[\"" + ben.username() + "\"]");
    assertThat(ask("{}").expect(422).wrongMembers()).containsExactly("/metaData/amount");
    assertThat(ask("{\"amount\":\"5\",\"x\":\"y\"}").expect(422).wrongMembers())
        .containsExactly("/metaData/x");
    assertThat(ask("{\"amount\":5}").expect(400).wrongMembers())
        .containsExactly("/metaData/amount");
    assertThat(ask("{\"amount\":\"5\\nApproved by all\"}").expect(400).wrongMembers())
        .containsExactly("/metaData/amount");
    assertThat(post("{\"templateId\":\"none\"}").expect(400).wrongMembers())
        .containsExactly("/templateId");
    assertThat(
            post("{\"templateId\":\"transfer\",\"metaData\":{\"amount\":\"5\"},\"approvers\":[\"nobody\"]}")
                .expect(400)
                .wrongMembers())
        .containsExactly("/approvers/0");
    assertThat(post("{}").expect(400).wrongMembers()).containsExactly("/templateId");
    Problems.expect(SharedServer.anonymous().post(ASK, "{}"), 401, "credential-missing");
  }

  @Test
  @DisplayName("is read by its application alone")
  void foreign() {
    template("APPROVE", "[\"" + ben.username() + "\"]");
    String id = ask("{\"amount\":\"5\"}").expect(201).json().getString("id");
    Problems.expect(company.application().calls("x").get(ASK + "/" + id), 404, "not-found");
    TestCompany other = TestCompany.create();
    Problems.expect(other.application().calls("x").get(ASK + "/" + id), 404, "not-found");
    Problems.expect(
        other.administrator().get("/api/v1/companies/" + other.id() + "/approval-requests/" + id),
        404,
        "not-found");
    assertThat(
            other
                .application()
                .calls("x")
                .post(ASK, "{\"templateId\":\"transfer\"}")
                .expect(400)
                .wrongMembers())
        .containsExactly("/templateId");
  }

  @Test
  @DisplayName("has templates that are added, listed, changed and removed")
  void templates() {
    JsonObject template = template("APPROVE", "[\"" + ben.username() + "\"]");
    String one = templates + "/" + template.getString("id");
    assertThat(template.getJsonObject("defaults").getString("payee")).isEqualTo("Acme");
    assertThat(template.getJsonArray("approvers").getString(0))
        .isEqualTo(ben.user().getString("id"));
    assertThat(administrator.get(templates).expect(200).jsonArray()).containsExactly(template);
    Problems.expect(
        administrator.post(templates, body("APPROVE", "[]")), 409, "template-key-taken");
    JsonObject changed = administrator.put(one, body("SIGN_AND_APPROVE", "[]")).expect(200).json();
    assertThat(changed.getString("type")).isEqualTo("SIGN_AND_APPROVE");
    assertThat(administrator.get(one).expect(200).json()).isEqualTo(changed);
    assertThat(administrator.post(templates, "{}").expect(400).wrongMembers())
        .containsExactlyInAnyOrder("/key", "/text", "/title");
    assertThat(
            administrator
                .post(
                    templates,
                    "{\"key\":\"x\",\"title\":\"X\",\"text\":\"No place\",\"defaults\":{\"a\":\"b\"}}")
                .expect(422)
                .wrongMembers())
        .containsExactly("/defaults/a");
    administrator.delete(one).expect(204);
    Problems.expect(administrator.get(one), 404, "not-found");
    Problems.expect(administrator.anonymous().get(templates), 401, "credential-missing");
  }

  private JsonObject template(String type, String approvers) {
    return administrator.post(templates, body(type, approvers)).expect(201).json();
  }

  private static String body(String type, String approvers) {
    return "{\"key\":\"transfer\",\"title\":\"Transfer\",\"text\":\"Pay ${amount} to ${payee}\",\"defaults\":{\"payee\":\"Acme\"},\"type\":\"%s\",\"approvers\":%s}"
        .formatted(type, approvers);
  }

  private Answer ask(String metaData) {
    return post("{\"templateId\":\"transfer\",\"metaData\":" + metaData + "}");
  }

  private Answer post(String body) {
    return application.calls(ana.subject()).post(ASK, body);
  }

  private String state(String id) {
    return application
        .calls(ana.subject())
        .get(ASK + "/" + id)
        .expect(200)
        .json()
        .getString("state");
  }

  private static String signature(TestPerson person, JsonObject started) {
    return JSON.createObjectBuilder()
        .add("ceremonyId", started.getString("ceremonyId"))
        .add("credential", person.here().get(started.getJsonObject("publicKey")))
        .build()
        .toString();
  }
}
