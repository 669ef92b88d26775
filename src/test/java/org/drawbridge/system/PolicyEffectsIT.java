package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.Instant;
import java.util.List;
import org.drawbridge.testing.HttpCalls.Answer;
import org.drawbridge.testing.Problems;
import org.drawbridge.testing.Simultaneously;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestCompany;
import org.drawbridge.testing.TestPerson;
import org.drawbridge.testing.TestPolicies;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a policy does to accounts")
class PolicyEffectsIT {

  private final TestCompany company = TestCompany.create();
  private final TestApplication application = company.application();
  private final TestPolicies policies = TestPolicies.of(company);
  private final String ana =
      application.account("ana", ",\"userId\":\"%s\"".formatted(company.user("")));

  @Test
  @DisplayName("LOCK stops the next check, and neither user nor administrator can override it")
  void lock() {
    String policy = executed("LOCK");
    assertThat(application.isLocked("ana")).isTrue();
    assertThat(policies.account(ana).getBoolean("lockedByPolicy")).isTrue();
    Problems.expect(
        company.administrator().post("/api/v1/accounts/" + ana + "/unlock"),
        409,
        "unlock-forbidden");
    TestPerson eva = TestPerson.signedUp(application);
    policies.addMember(policy, eva.subject());
    Problems.expect(unlockedByOwner(eva), 409, "unlock-forbidden");
    assertThat(application.isLocked("ana")).isTrue();
    assertThat(application.isLocked(eva.subject())).isTrue();
    JsonObject explanation = policies.explanation(ana);
    assertThat(explanation.getString("rule")).isEqualTo("HELD_BY_POLICY");
    assertThat(explanation.getJsonArray("unlockableBy")).isEmpty();
    JsonObject hold = explanation.getJsonArray("policies").getJsonObject(0);
    assertThat(hold.getString("policyId")).isEqualTo(policy);
    assertThat(hold.getString("policyName")).isEqualTo("Test");
    assertThat(hold.getString("effect")).isEqualTo("LOCK");
    assertThat(explanation.getString("latestChange")).contains("LOCKED POLICY by api-key:");
  }

  @Test
  @DisplayName("ALLOW_UNLOCK locks until somebody who may unlocks it, and locks again next time")
  void allowUnlock() {
    String policy = executed("ALLOW_UNLOCK");
    assertThat(application.isLocked("ana")).isTrue();
    assertThat(policies.account(ana).getBoolean("lockedByPolicy")).isFalse();
    JsonObject explanation = policies.explanation(ana);
    assertThat(explanation.getString("rule")).isEqualTo("HELD_UNLESS_OVERRIDDEN");
    assertThat(texts(explanation, "unlockableBy")).containsExactly("USER", "ADMINISTRATOR");
    application.unlock(ana);
    assertThat(application.isLocked("ana")).isFalse();
    assertThat(policies.explanation(ana).getJsonArray("policies")).isEmpty();
    policies.execute(policy);
    assertThat(application.isLocked("ana")).isTrue();
    policies.patch(policy, "\"allowUnlock\":false").expect(200);
    assertThat(texts(policies.explanation(ana), "unlockableBy")).containsExactly("ADMINISTRATOR");
  }

  @Test
  @DisplayName("ALLOW_UNLOCK leaves it to the owner, and without allowUnlock to administrators")
  void allowUnlockToOwner() {
    TestPerson eva = TestPerson.signedUp(application);
    String account = accountOf(eva);
    String policy = policies.alert("ALLOW_UNLOCK");
    policies.addMember(policy, eva.subject());
    policies.execute(policy);
    assertThat(application.isLocked(eva.subject())).isTrue();
    unlockedByOwner(eva).expect(200);
    assertThat(application.isLocked(eva.subject())).isFalse();
    policies.patch(policy, "\"allowUnlock\":false").expect(200);
    policies.execute(policy);
    Problems.expect(unlockedByOwner(eva), 409, "unlock-forbidden");
    assertThat(application.isLocked(eva.subject())).isTrue();
    assertThat(texts(policies.explanation(account), "unlockableBy"))
        .containsExactly("ADMINISTRATOR");
    application.unlock(account);
    assertThat(application.isLocked(eva.subject())).isFalse();
  }

  @Test
  @DisplayName("is explained without an owner where the account has none")
  void nobodysAccount() {
    String ben = application.account("ben");
    assertThat(texts(policies.explanation(ben), "unlockableBy")).containsExactly("ADMINISTRATOR");
    policies.addMember(
        policies.create("\"policyType\":\"MULTI_APPROVAL\",\"multiApprovalAction\":\"LOCK\""),
        "ben");
    assertThat(texts(policies.explanation(ben), "unlockableBy")).isEmpty();
    Problems.expect(
        company.administrator().post("/api/v1/accounts/" + ben + "/unlock"),
        409,
        "unlock-forbidden");
  }

  @Test
  @DisplayName("UNLOCK unlocks, holds nothing, and starts the owner's minutes anew")
  void unlock() {
    application.lock(ana);
    executed("UNLOCK");
    assertThat(application.isLocked("ana")).isFalse();
    assertThat(policies.explanation(ana).getJsonArray("policies")).isEmpty();
    application.lock(ana);
    assertThat(application.isLocked("ana")).isTrue();
  }

  @Test
  @DisplayName("of several, deny overrides, in whatever order they come")
  void denyOverrides() {
    String lock = executed("LOCK");
    String allow = executed("ALLOW_UNLOCK");
    executed("UNLOCK");
    assertThat(application.isLocked("ana")).isTrue();
    assertThat(policies.account(ana).getBoolean("lockedByPolicy")).isTrue();
    assertThat(
            policies
                .explanation(ana)
                .getJsonArray("policies")
                .getValuesAs(JsonObject.class)
                .stream()
                .map(hold -> hold.getString("effect")))
        .containsExactly("LOCK", "ALLOW_UNLOCK");
    policies.delete(lock).expect(200);
    assertThat(application.isLocked("ana")).isTrue();
    assertThat(policies.account(ana).getBoolean("lockedByPolicy")).isFalse();
    policies.delete(allow).expect(200);
    assertThat(application.isLocked("ana")).isFalse();
  }

  @Test
  @DisplayName("that it alone held is let go when it is deleted; what was locked before stays so")
  void released() {
    String ben = application.account("ben");
    application.lock(ben);
    String policy = policies.alert("LOCK");
    policies.addMember(policy, "ana");
    policies.addMember(policy, "ben");
    policies.execute(policy);
    assertThat(application.isLocked("ana")).isTrue();
    policies.delete(policy).expect(200);
    assertThat(application.isLocked("ana")).isFalse();
    assertThat(application.isLocked("ben")).isTrue();
    assertThat(policies.explanation(ana).getString("latestChange"))
        .contains("UNLOCKED POLICY_RELEASED");
    application.unlock(ben);
    assertThat(application.isLocked("ben")).isFalse();
  }

  @Test
  @DisplayName("is let go when the policy ends, and it cannot be executed after")
  void ended() {
    String policy = executed("LOCK");
    assertThat(application.isLocked("ana")).isTrue();
    policies.patch(policy, "\"endDate\":\"" + Instant.now().minusSeconds(1) + "\"").expect(200);
    assertThat(application.isLocked("ana")).isFalse();
    Problems.expect(
        policies.calls().post(TestPolicies.PATH + "/" + policy + "/execute"),
        409,
        "policy-not-active");
    assertThat(application.isLocked("ana")).isFalse();
  }

  @Test
  @DisplayName("does not come before its active date")
  void notYetActive() {
    String policy = policies.alert("LOCK");
    policies
        .patch(
            policy,
            "\"membersToAdd\":[\"ana\"],\"activeDate\":\"" + Instant.now().plusSeconds(3600) + "\"")
        .expect(200);
    Problems.expect(
        policies.calls().post(TestPolicies.PATH + "/" + policy + "/execute"),
        409,
        "policy-not-active");
    assertThat(application.isLocked("ana")).isFalse();
  }

  @Test
  @DisplayName("follows members that are added and removed while it is in force")
  void membersFollow() {
    String ben = application.account("ben");
    String policy = executed("LOCK");
    policies.patch(policy, "\"membersToAdd\":[\"ben\"]").expect(200);
    assertThat(policies.isLocked(ben)).isTrue();
    policies.patch(policy, "\"membersToRemove\":[\"ana\"]").expect(200);
    assertThat(policies.isLocked(ana)).isFalse();
    assertThat(policies.isLocked(ben)).isTrue();
  }

  @Test
  @DisplayName("follows groups, and who comes into them and leaves them, while it is in force")
  void groupsFollow() {
    String ben = application.account("ben");
    String group = company.group("staff", ana);
    String policy = policies.alert("LOCK");
    policies.patch(policy, "\"groupMembersToAdd\":[\"staff\"]").expect(200);
    assertThat(policies.isLocked(ana)).isFalse();
    policies.execute(policy);
    assertThat(policies.isLocked(ana)).isTrue();
    company.setGroup(group, ana, ben);
    assertThat(policies.isLocked(ben)).isTrue();
    company.setGroup(group, ben);
    assertThat(policies.isLocked(ana)).isFalse();
    policies.addMember(policy, "ben");
    company.setGroup(group);
    assertThat(policies.isLocked(ben)).isTrue();
    policies.patch(policy, "\"membersToRemove\":[\"ben\"]").expect(200);
    assertThat(policies.isLocked(ben)).isFalse();
    company.setGroup(group, ana);
    assertThat(policies.isLocked(ana)).isTrue();
    policies.patch(policy, "\"groupMembersToRemove\":[\"staff\"]").expect(200);
    assertThat(policies.isLocked(ana)).isFalse();
    policies.patch(policy, "\"groupMembersToAdd\":[\"staff\"]").expect(200);
    assertThat(policies.isLocked(ana)).isTrue();
  }

  @Test
  @DisplayName("of MULTI_APPROVAL with UNLOCK comes to whoever comes into a group, too")
  void unlocksWhoComesIntoGroup() {
    String ben = application.account("ben");
    String group = company.group("staff", ana);
    String policy =
        policies.create("\"policyType\":\"MULTI_APPROVAL\",\"multiApprovalAction\":\"UNLOCK\"");
    policies.patch(policy, "\"groupMembersToAdd\":[\"staff\"]").expect(200);
    application.lock(ana);
    application.lock(ben);
    company.setGroup(group, ana, ben);
    assertThat(policies.isLocked(ben)).isFalse();
    assertThat(policies.isLocked(ana)).as("who was in it already").isTrue();
    policies.patch(policy, "\"endDate\":\"" + Instant.now().minusSeconds(1) + "\"").expect(200);
    company.setGroup(group);
    application.lock(ana);
    company.setGroup(group, ana);
    assertThat(policies.isLocked(ana)).isTrue();
  }

  @Test
  @DisplayName("of an ALERT comes with execute alone, and a retry is the same execution")
  void execute() {
    String policy = policies.alert("ALLOW_UNLOCK");
    policies.addMember(policy, "ana");
    assertThat(application.isLocked("ana")).isFalse();
    String path = TestPolicies.PATH + "/" + policy + "/execute";
    List<Answer> answers =
        Simultaneously.call(
            5, i -> policies.calls().with("Idempotency-Key", "alarm 1").post(path).expect(200));
    assertThat(answers).extracting(Answer::text).containsOnly(answers.get(0).text());
    assertThat(answers.get(0).text()).matches("\"[0-9a-f-]{36}\"");
    assertThat(application.isLocked("ana")).isTrue();
    application.unlock(ana);
    policies.calls().with("Idempotency-Key", "alarm 1").post(path).expect(200);
    assertThat(application.isLocked("ana")).isFalse();
    assertThat(policies.calls().with("Idempotency-Key", "alarm 2").post(path).expect(200).text())
        .isNotEqualTo(answers.get(0).text());
    assertThat(application.isLocked("ana")).isTrue();
    assertThat(policies.calls().post(path, "{\"any\":1}").expect(200).contentType())
        .startsWith("application/json");
    Problems.expect(
        policies.calls().with("Idempotency-Key", "x".repeat(256)).post(path),
        400,
        "malformed-request");
  }

  @Test
  @DisplayName("of a SCHEDULED one comes with execute too, besides its schedule")
  void executeScheduled() {
    String policy =
        policies.create(
            "\"policyType\":\"SCHEDULED\",\"scheduledAction\":\"LOCK\",\"cronSchedule\":\"0 0 1 1 *\"");
    policies.addMember(policy, "ana");
    policies.execute(policy);
    assertThat(application.isLocked("ana")).isTrue();
    JsonObject next = policies.explanation(ana).getJsonObject("nextChange");
    assertThat(next.getString("at")).endsWith("-01-01T00:00:00Z");
    assertThat(next.getString("event")).contains("Test");
    assertThat(next.getBoolean("locked")).isTrue();
  }

  @Test
  @DisplayName("of MULTI_APPROVAL comes as soon as an account is assigned, and asks for approvers")
  void multiApproval() {
    String policy =
        policies.create(
            "\"policyType\":\"MULTI_APPROVAL\",\"multiApprovalAction\":\"ALLOW_UNLOCK\","
                + "\"requiredApprovals\":2");
    policies.addMember(policy, "ana");
    assertThat(application.isLocked("ana")).isTrue();
    Problems.expect(
        company.administrator().post("/api/v1/accounts/" + ana + "/unlock"),
        409,
        "unlock-forbidden");
    JsonObject explanation = policies.explanation(ana);
    assertThat(texts(explanation, "unlockableBy")).containsExactly("USER_WITH_2_APPROVALS");
    assertThat(explanation.getJsonArray("policies").getJsonObject(0).getInt("requiredApprovals"))
        .isEqualTo(2);
    assertThat(policies.execute(policy)).isNotEmpty();
    policies.patch(policy, "\"membersToRemove\":[\"ana\"]").expect(200);
    assertThat(application.isLocked("ana")).isFalse();
    application.lock(ana);
    application.unlock(ana);
  }

  @Test
  @DisplayName("leaves one lock change and one entry of the activity log for each account")
  void recorded() {
    application.account("ben");
    String policy = policies.alert("LOCK");
    policies.patch(policy, "\"membersToAdd\":[\"ana\",\"ben\"]").expect(200);
    policies.execute(policy);
    policies.execute(policy);
    assertThat(application.lockChanges(ana))
        .extracting(change -> change.getString("cause"))
        .containsExactly("POLICY", "INITIAL");
    List<JsonObject> entries = company.activity("?type=account-locked");
    assertThat(entries).hasSize(2);
    assertThat(entries.get(0).getJsonObject("details").toString())
        .isEqualTo("{\"cause\":\"POLICY\",\"policy\":\"" + policy + "\"}");
    assertThat(entries.get(0).getString("actor")).startsWith("api-key:");
    assertThat(company.activity(""))
        .extracting(entry -> entry.getString("type"))
        .contains("policy-added", "policy-changed", "policy-executed");
  }

  @Test
  @DisplayName("does not end a lock by a check's retry, nor let a held account through by it")
  void retriedCheck() {
    String token = application.token("ana").claim("jti", "one").compact();
    Answer first = checkWith(token);
    assertThat(first.json().getBoolean("locked")).isFalse();
    executed("LOCK");
    assertThat(checkWith(token).json().getBoolean("locked")).isTrue();
  }

  private Answer checkWith(String token) {
    return company
        .administrator()
        .anonymous()
        .with("x-nl3-authorization-token", token)
        .post("/v1/AccountProtectionCheck")
        .expect(200);
  }

  private static Answer unlockedByOwner(TestPerson owner) {
    return owner.signIn().post("/api/v1/me/accounts/" + accountOf(owner) + "/unlock");
  }

  private static String accountOf(TestPerson person) {
    return person.user().getJsonArray("accounts").getJsonObject(0).getString("id");
  }

  /** An ALERT policy that has acted on ana; answers its id. */
  private String executed(String action) {
    String policy = policies.alert(action);
    policies.addMember(policy, "ana");
    policies.execute(policy);
    return policy;
  }

  private static List<String> texts(JsonObject json, String member) {
    return json.getJsonArray(member).getValuesAs(JsonString::getString);
  }
}
