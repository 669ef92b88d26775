package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.drawbridge.testing.Await;
import org.drawbridge.testing.HttpCalls;
import org.drawbridge.testing.HttpCalls.Answer;
import org.drawbridge.testing.MailServer;
import org.drawbridge.testing.Problems;
import org.drawbridge.testing.SharedServer;
import org.drawbridge.testing.Simultaneously;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestCompany;
import org.drawbridge.testing.TestPerson;
import org.drawbridge.testing.TestPolicies;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An unlock that approvers have to agree to")
class MultiApprovalIT {

  private static final String REQUESTS = "/api/v1/approval-requests";

  private final TestCompany company = TestCompany.create();
  private final TestApplication application = company.application();
  private final TestPolicies policies = TestPolicies.of(company);
  private final TestPerson ana = TestPerson.signedUp(application);
  private final TestPerson ben = TestPerson.signedUp(application);
  private final TestPerson eva = TestPerson.signedUp(application);
  private final HttpCalls anas = ana.signIn();
  private final HttpCalls bens = ben.signIn();
  private final HttpCalls evas = eva.signIn();
  private final String account =
      ana.user().getJsonArray("accounts").getJsonObject(0).getString("id");

  @Test
  @DisplayName("waits for the owner's yes and the quorum, and tells the owner")
  void quorum() {
    policy("LOCK", 2, ben, eva);
    assertThat(application.isLocked(ana.subject())).isTrue();
    Problems.expect(
        anas.post("/api/v1/me/accounts/" + account + "/unlock"), 409, "unlock-forbidden");
    assertThat(unlockableBy()).containsExactly("USER_WITH_2_APPROVALS");
    assertThat(bens.get(REQUESTS).expect(200).jsonArray()).isEmpty();

    JsonObject unlock = approvedByOwner();
    assertThat(unlock.getString("state")).isEqualTo("AWAITING_APPROVERS");
    assertThat(unlock.getJsonArray("approvals").getJsonObject(0).getInt("required")).isEqualTo(2);
    assertThat(MailServer.text(MailServer.shared().mail(ben.username(), "Your approval")))
        .contains(ana.username(), ana.subject(), "/requests/");
    JsonObject asked = asked(bens);
    assertThat(asked.getString("state")).isEqualTo("PENDING");
    assertThat(asked.getString("text")).contains(ana.username(), ana.subject());
    assertThat(asked.isNull("myVote")).isTrue();
    String id = asked.getString("id");

    assertThat(approve(bens, id).expect(200).json().getString("myVote")).isEqualTo("APPROVED");
    assertThat(approve(bens, id).expect(200).json().getInt("approvals")).isEqualTo(1);
    assertThat(application.isLocked(ana.subject())).as("one vote, given twice").isTrue();
    assertThat(approve(evas, id).expect(200).json().getString("state")).isEqualTo("APPROVED");
    assertThat(application.isLocked(ana.subject())).isFalse();
    assertThat(TestPerson.unlockRequest(anas).getString("state")).isEqualTo("APPROVED");
    MailServer.shared().mail(ana.username(), "is unlocked");
    Problems.expect(reject(evas, id), 409, "approval-request-closed");
  }

  @Test
  @DisplayName("ends with the first no, which the owner is told")
  void rejected() {
    policy("ALLOW_UNLOCK", 1, ben, eva);
    approvedByOwner();
    String id = asked(bens).getString("id");
    assertThat(reject(bens, id).expect(200).json().getString("state")).isEqualTo("REJECTED");
    Problems.expect(approve(evas, id), 409, "approval-request-closed");
    assertThat(application.isLocked(ana.subject())).isTrue();
    assertThat(TestPerson.unlockRequest(anas).getString("state")).isEqualTo("REJECTED");
    MailServer.shared().mail(ana.username(), "stays locked");
  }

  @Test
  @DisplayName("that was rejected is asked for again by a login ten minutes later, and no sooner")
  void askedAgain() {
    policy("LOCK", 1, ben);
    JsonObject unlock = approvedByOwner();
    reject(bens, asked(bens).getString("id")).expect(200);
    application.check(ana.subject()).expect(200);
    assertThat(TestPerson.unlockRequest(anas).getString("state")).isEqualTo("REJECTED");
    SharedServer.database()
        .execute(
            "update unlock_requests set expiry = expiry - interval '10 minutes' where id = ?",
            UUID.fromString(unlock.getString("id")));
    application.check(ana.subject()).expect(200);
    assertThat(TestPerson.unlockRequest(anas).getString("state")).isEqualTo("PENDING");
  }

  @Test
  @DisplayName("needs the quorum of every team, and within one any of its approvers")
  void teams() {
    policy("LOCK", 1, ben);
    policy("LOCK", 1, eva);
    assertThat(unlockableBy()).containsExactly("USER_WITH_1_AND_1_APPROVALS");
    assertThat(approvedByOwner().getJsonArray("approvals")).hasSize(2);
    approve(bens, asked(bens).getString("id")).expect(200);
    assertThat(application.isLocked(ana.subject())).isTrue();
    approve(evas, asked(evas).getString("id")).expect(200);
    assertThat(application.isLocked(ana.subject())).isFalse();
  }

  @Test
  @DisplayName("cannot be had where another policy leaves it to nobody but administrators")
  void leftToNobody() {
    policy("ALLOW_UNLOCK", 1, ben);
    String other =
        policies.create(
            "\"policyType\":\"ALERT\",\"alertAction\":\"ALLOW_UNLOCK\",\"allowUnlock\":false");
    policies.addMember(other, account);
    policies.execute(other);
    assertThat(unlockableBy()).isEmpty();
    Problems.expect(
        anas.post("/api/v1/me/accounts/" + account + "/unlock"), 409, "unlock-forbidden");
    Problems.expect(
        company.administrator().post("/api/v1/accounts/" + account + "/unlock"),
        409,
        "unlock-forbidden");
    application.check(ana.subject()).expect(200);
    assertThat(anas.get("/api/v1/me/unlock-requests").expect(200).jsonArray()).isEmpty();
    policies.delete(other).expect(200);
    assertThat(unlockableBy()).containsExactly("USER_WITH_1_APPROVALS");
  }

  @Test
  @DisplayName("cannot be had by the UNLOCK of another policy, also after one that was approved")
  void byAnotherPolicy() {
    policy("LOCK", 1, ben);
    company
        .administrator()
        .patch("/api/v1/users/" + ana.user().getString("id"), "{\"autoLockOnAttempt\":true}")
        .expect(200);
    approvedByOwner();
    approve(bens, asked(bens).getString("id")).expect(200);
    assertThat(application.isLocked(ana.subject())).isFalse();
    assertThat(application.isLocked(ana.subject())).as("locked by itself, held by none").isTrue();
    int changes = application.lockChanges(account).size();
    String unlocking = policies.alert("UNLOCK");
    policies.addMember(unlocking, account);
    policies.execute(unlocking);
    assertThat(application.isLocked(ana.subject())).isTrue();
    assertThat(application.lockChanges(account)).hasSize(changes);
  }

  @Test
  @DisplayName("cannot be had by the UNLOCK of another policy for what is in a group, either")
  void byAnotherPolicyInGroup() {
    company.group("staff", account);
    String policy = policy("UNLOCK", 1, ben);
    policies
        .patch(
            policy,
            "\"membersToRemove\":[\"%s\"],\"groupMembersToAdd\":[\"staff\"]".formatted(account))
        .expect(200);
    application.lock(account);
    String unlocking =
        policies.create(
            "\"policyType\":\"SCHEDULED\",\"scheduledAction\":\"UNLOCK\",\"cronSchedule\":\"0 0 1 1 *\"");
    policies.patch(unlocking, "\"groupMembersToAdd\":[\"staff\"]").expect(200);
    policies.execute(unlocking);
    assertThat(application.isLocked(ana.subject())).isTrue();
    assertThat(policies.explanation(account).isNull("nextChange")).isTrue();
    policies
        .patch(policy, "\"activeDate\":\"" + Instant.now().plus(Duration.ofDays(30)) + "\"")
        .expect(200);
    assertThat(policies.explanation(account).getJsonObject("nextChange").getBoolean("locked"))
        .isFalse();
    policies.execute(unlocking);
    assertThat(application.isLocked(ana.subject())).as("before its active time").isFalse();
    policies.patch(policy, "\"activeDate\":null,\"multiApprovalAction\":\"LOCK\"").expect(200);
    policies.delete(policy).expect(200);
    application.lock(account);
    policies.execute(unlocking);
    assertThat(application.isLocked(ana.subject())).as("once it is deleted").isFalse();
  }

  @Test
  @DisplayName("is never approved by who asks for it")
  void oneself() {
    policy("LOCK", 1, ana, ben);
    approvedByOwner();
    assertThat(anas.get(REQUESTS).expect(200).jsonArray()).isEmpty();
    String id = asked(bens).getString("id");
    assertThat(anas.get(REQUESTS + "/" + id).expect(200).json().getInt("approvals")).isZero();
    Problems.expect(approve(anas, id), 403, "self-approval-forbidden");
    Problems.expect(approve(evas, id), 404, "not-found");
    Problems.expect(evas.get(REQUESTS + "/" + id), 404, "not-found");
    Problems.expect(
        SharedServer.anonymous().post(REQUESTS + "/" + id + "/approvals/me"),
        401,
        "credential-missing");
    TestPerson stranger = TestPerson.signedUp(TestCompany.create().application());
    Problems.expect(approve(stranger.signIn(), id), 404, "not-found");
    assertThat(application.isLocked(ana.subject())).isTrue();
  }

  @Test
  @DisplayName("is refused plainly where there are too few approvers for the quorum")
  void tooFew() {
    policy("LOCK", 2, ana, ben);
    application.check(ana.subject()).expect(200);
    String id = TestPerson.unlockRequest(anas).getString("id");
    Answer refused = ana.approve(anas, id, "{}");
    Problems.expect(refused, 409, "approvers-missing");
    assertThat(TestPerson.unlockRequest(anas).getString("state")).isEqualTo("PENDING");
    assertThat(bens.get(REQUESTS).expect(200).jsonArray()).isEmpty();
  }

  @Test
  @DisplayName("happens once where many vote at once")
  void race() {
    policy("LOCK", 1, ben, eva);
    approvedByOwner();
    String id = asked(bens).getString("id");
    List<Integer> answers =
        Simultaneously.call(
                40,
                i ->
                    IntStream.range(0, 25)
                        .mapToObj(j -> approve((i + j) % 2 == 0 ? bens : evas, id).status())
                        .toList())
            .stream()
            .flatMap(List::stream)
            .toList();
    assertThat(answers).hasSize(1000).containsOnly(200, 409).contains(200);
    assertThat(application.lockChanges(account).toString().split("unlock request", -1)).hasSize(2);
  }

  @Test
  @DisplayName("is asked for by executing the policy, which asks the owners of its accounts once")
  void execute() {
    String policy = policy("LOCK", 1, ben);
    policies.execute(policy);
    Await.until(
        Duration.ofSeconds(30),
        () -> !anas.get("/api/v1/me/unlock-requests").expect(200).jsonArray().isEmpty());
    MailServer.shared().mail(ana.username(), "Unlock " + ana.subject());
    JsonObject request = TestPerson.unlockRequest(anas);
    assertThat(request.isNull("latestAttempt")).isTrue();
    policies.execute(policy);
    ana.approve(anas, request.getString("id"), "{}").expect(200);
    approve(bens, asked(bens).getString("id")).expect(200);
    assertThat(application.isLocked(ana.subject())).isFalse();
    assertThat(anas.get("/api/v1/me/unlock-requests").expect(200).jsonArray()).hasSize(1);
  }

  @Test
  @DisplayName("is asked of the fallback approvers, where the approvers do not decide in time")
  void escalation() {
    String policy =
        policies.create(
            "\"policyType\":\"MULTI_APPROVAL\",\"multiApprovalAction\":\"LOCK\",\"approvers\":[\"%s\"],\"fallbackApprovers\":[\"%s\"],\"escalationMinutes\":5"
                .formatted(ben.username(), eva.username()));
    assertThat(policies.get(policy).getInt("escalationMinutes")).isEqualTo(5);
    assertThat(
            policies
                .get(policy)
                .getJsonArray("fallbackApprovers")
                .getJsonObject(0)
                .getString("username"))
        .isEqualTo(eva.username());
    policies.addMember(policy, account);
    approvedByOwner();
    String id = asked(bens).getString("id");
    assertThat(evas.get(REQUESTS).expect(200).jsonArray()).isEmpty();
    Problems.expect(approve(evas, id), 404, "not-found");
    SharedServer.database()
        .execute(
            "update approval_requests set escalates_at = escalates_at - interval '5 minutes'"
                + " where id = ?",
            UUID.fromString(id));
    MailServer.shared().mail(eva.username(), "Your approval");
    approve(evas, id).expect(200);
    assertThat(application.isLocked(ana.subject())).isFalse();
  }

  @Test
  @DisplayName("has a policy whose fallback approvers are changed by a PATCH")
  void fallbackChanged() {
    String policy = policy("LOCK", 1, ben);
    policies
        .patch(
            policy,
            "\"escalationMinutes\":30,\"fallbackApproversToAdd\":[\"%s\"]"
                .formatted(eva.username()))
        .expect(200);
    assertThat(policies.get(policy).getJsonArray("fallbackApprovers")).hasSize(1);
    policies
        .patch(
            policy,
            "\"escalationMinutes\":null,\"fallbackApproversToRemove\":[\"%s\"]"
                .formatted(eva.username()))
        .expect(200);
    assertThat(policies.get(policy).getJsonArray("fallbackApprovers")).isEmpty();
    assertThat(policies.get(policy).isNull("escalationMinutes")).isTrue();
    assertThat(policies.patch(policy, "\"escalationMinutes\":60").expect(400).wrongMembers())
        .containsExactly("/escalationMinutes");
    assertThat(
            policies
                .patch(policy, "\"fallbackApproversToAdd\":[\"nobody\"]")
                .expect(400)
                .wrongMembers())
        .containsExactly("/fallbackApproversToAdd/0");
  }

  @Test
  @DisplayName("is not asked of an approver whom a PATCH has removed")
  void removedApprover() {
    String policy = policy("LOCK", 1, ben, eva);
    policies.patch(policy, "\"approversToRemove\":[\"%s\"]".formatted(ben.username())).expect(200);
    assertThat(policies.calls().get(TestPolicies.PATH + "/" + policy + "/approvers").jsonArray())
        .extracting(approver -> approver.asJsonObject().getString("username"))
        .containsExactly(eva.username());
    approvedByOwner();
    assertThat(bens.get(REQUESTS).expect(200).jsonArray()).isEmpty();
    String id = asked(evas).getString("id");
    Problems.expect(approve(bens, id), 404, "not-found");
    assertThat(application.isLocked(ana.subject())).isTrue();
    approve(evas, id).expect(200);
    assertThat(application.isLocked(ana.subject())).isFalse();
  }

  @Test
  @DisplayName("expires after an hour without a quorum, which the owner is told")
  void expiry() {
    policy("LOCK", 2, ben, eva);
    JsonObject unlock = approvedByOwner();
    String id = asked(bens).getString("id");
    approve(bens, id).expect(200);
    SharedServer.database()
        .execute(
            "update unlock_requests set expiry = expiry - interval '1 hour' where id = ?",
            UUID.fromString(unlock.getString("id")));
    SharedServer.database()
        .execute(
            "update approval_requests set expiry = expiry - interval '1 hour' where id = ?",
            UUID.fromString(id));
    Problems.expect(approve(evas, id), 409, "approval-request-closed");
    MailServer.shared().mail(ana.username(), "no answer in time");
    assertThat(application.isLocked(ana.subject())).isTrue();
    assertThat(evas.get(REQUESTS + "/" + id).expect(200).json().getString("state"))
        .isEqualTo("EXPIRED");
  }

  private String policy(String action, int quorum, TestPerson... approvers) {
    List<String> names = new ArrayList<>();
    for (TestPerson approver : approvers) {
      names.add("\"" + approver.username() + "\"");
    }
    String id =
        policies.create(
            "\"policyType\":\"MULTI_APPROVAL\",\"multiApprovalAction\":\"%s\",\"requiredApprovals\":%d,\"approvers\":[%s]"
                .formatted(action, quorum, String.join(",", names)));
    policies.addMember(id, account);
    return id;
  }

  private List<String> unlockableBy() {
    return anas.get("/api/v1/me/accounts/" + account + "/explanation")
        .expect(200)
        .json()
        .getJsonArray("unlockableBy")
        .getValuesAs(JsonString::getString);
  }

  /** A login was blocked, and the owner has said yes; answers the unlock request. */
  private JsonObject approvedByOwner() {
    application.check(ana.subject()).expect(200);
    String id = TestPerson.unlockRequest(anas).getString("id");
    return ana.approve(anas, id, "{}").expect(200).json();
  }

  private static JsonObject asked(HttpCalls session) {
    return session.get(REQUESTS).expect(200).jsonArray().getJsonObject(0);
  }

  private static Answer approve(HttpCalls session, String id) {
    return session.post(REQUESTS + "/" + id + "/approvals/me");
  }

  private static Answer reject(HttpCalls session, String id) {
    return session.post(REQUESTS + "/" + id + "/rejections/me");
  }
}
