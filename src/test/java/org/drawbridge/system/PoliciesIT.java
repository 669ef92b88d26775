package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.testing.TestJson.JSON;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.drawbridge.testing.HttpCalls;
import org.drawbridge.testing.HttpCalls.Answer;
import org.drawbridge.testing.Problems;
import org.drawbridge.testing.SharedServer;
import org.drawbridge.testing.Simultaneously;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestCompany;
import org.drawbridge.testing.TestDatabase;
import org.drawbridge.testing.TestPolicies;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A policy")
class PoliciesIT {

  private static final String PATH = TestPolicies.PATH;

  private final TestCompany company = TestCompany.create();
  private final TestApplication application = company.application();
  private final TestPolicies policies = TestPolicies.of(company);

  @Test
  @DisplayName("is created with all members of the reference, and answered alike everywhere")
  void created() {
    String approver = company.user("");
    Answer answer =
        policies
            .calls()
            .post(
                PATH,
                """
            {"policyKey":"night","policyName":"Nights","policyDescription":"Nobody works.",
             "policyType":"SCHEDULED","scheduledAction":"LOCK","alertAction":"UNLOCK",
             "multiApprovalAction":"ALLOW_UNLOCK","allowUnlock":false,"requiredApprovals":2,
             "frequencyOfAction":"WEEKDAYS","scheduleDateTime":"2030-03-04T17:30:00Z",
             "timeZone":"Europe/Berlin","activeDate":"2030-01-01T00:00:00Z",
             "endDate":"2031-01-01T00:00:00Z","metadata":{"ticket":["SEC",17]},
             "approvers":["%s"]}
            """
                    .formatted(approver));
    JsonObject policy = answer.expect(201).json();
    assertThat(answer.header("Location")).endsWith(PATH + "/" + policy.getString("id"));
    assertThat(policy.keySet())
        .containsExactlyInAnyOrder(
            "activeDate",
            "alertAction",
            "allowUnlock",
            "approvers",
            "cronSchedule",
            "endDate",
            "frequencyOfAction",
            "id",
            "metadata",
            "multiApprovalAction",
            "policyDescription",
            "policyKey",
            "policyName",
            "policyType",
            "escalationMinutes",
            "fallbackApprovers",
            "requiredApprovals",
            "scheduleDateTime",
            "scheduledAction",
            "timeZone");
    assertThat(policy.getString("policyKey")).isEqualTo("night");
    assertThat(policy.getString("policyName")).isEqualTo("Nights");
    assertThat(policy.getString("policyDescription")).isEqualTo("Nobody works.");
    assertThat(policy.getString("policyType")).isEqualTo("SCHEDULED");
    assertThat(policy.getString("scheduledAction")).isEqualTo("LOCK");
    assertThat(policy.getString("alertAction")).isEqualTo("UNLOCK");
    assertThat(policy.getString("multiApprovalAction")).isEqualTo("ALLOW_UNLOCK");
    assertThat(policy.getBoolean("allowUnlock")).isFalse();
    assertThat(policy.getInt("requiredApprovals")).isEqualTo(2);
    assertThat(policy.getString("frequencyOfAction")).isEqualTo("WEEKDAYS");
    assertThat(policy.getString("cronSchedule")).isEqualTo("30 18 * * 1-5");
    assertThat(policy.getString("scheduleDateTime")).isEqualTo("2030-03-04T17:30:00Z");
    assertThat(policy.getString("timeZone")).isEqualTo("Europe/Berlin");
    assertThat(policy.getString("activeDate")).isEqualTo("2030-01-01T00:00:00Z");
    assertThat(policy.getString("endDate")).isEqualTo("2031-01-01T00:00:00Z");
    assertThat(policy.getJsonObject("metadata").toString()).isEqualTo("{\"ticket\":[\"SEC\",17]}");
    assertThat(policies.get(policy.getString("id"))).isEqualTo(policy);
    assertThat(policies.calls().get(PATH).expect(200).jsonArray()).containsExactly(policy);
  }

  @Test
  @DisplayName("has approvers with their accounts, aggregations and preferences")
  void approvers() {
    String approver = company.user(",\"autoLockMinutes\":5");
    String account = application.account("boss", ",\"userId\":\"" + approver + "\"");
    application.check("boss").expect(200);
    JsonObject user = company.administrator().get("/api/v1/users/" + approver).expect(200).json();
    List<String> references =
        List.of(approver, user.getString("username"), user.getString("email"));
    for (String reference : references) {
      String id =
          policies.create(
              "\"policyType\":\"ALERT\",\"alertAction\":\"LOCK\",\"approvers\":[\""
                  + reference
                  + "\"]");
      JsonObject shown = policies.get(id).getJsonArray("approvers").getJsonObject(0);
      assertThat(shown).isEqualTo(user);
      assertThat(shown.keySet())
          .contains("accountProtectionCheckHistory", "aggregations", "autoLockMinutes", "userId");
      assertThat(shown.getJsonArray("accounts").getJsonObject(0).getString("id"))
          .isEqualTo(account);
      assertThat(shown.getJsonArray("accountProtectionCheckHistory")).hasSize(1);
      assertThat(policies.calls().get(PATH + "/" + id + "/approvers").expect(200).jsonArray())
          .containsExactly(user);
    }
  }

  @Test
  @DisplayName("is listed with others by looking once for what belongs to those who approve in all")
  void listed() {
    TestDatabase database = SharedServer.database();
    String approver = company.user("");
    application.account("boss", ",\"userId\":\"" + approver + "\"");
    for (int i = 0; i < 3; i++) {
      policies.create(
          "\"policyType\":\"ALERT\",\"alertAction\":\"LOCK\",\"approvers\":[\"%s\"],\"fallbackApprovers\":[\"%s\"]"
              .formatted(approver, approver));
    }
    // Row-level security calls its condition for each row that a statement looks at.
    database.execute("create sequence looks");
    database.execute(
        "create function look(company uuid) returns boolean language plpgsql as 'begin"
            + " if company = ''%s'' then perform nextval(''looks''); end if; return true; end'"
                .formatted(UUID.fromString(company.id())));
    database.execute("create policy looks on lock_changes using (look(company_id))");
    database.execute(
        "alter table lock_changes enable row level security, force row level security");
    try {
      assertThat(policies.calls().get(PATH).expect(200).jsonArray())
          .allSatisfy(
              policy ->
                  assertThat(policy.asJsonObject().getJsonArray("approvers"))
                      .isEqualTo(policy.asJsonObject().getJsonArray("fallbackApprovers"))
                      .hasSize(1));
      assertThat(database.count("select last_value from looks")).isEqualTo(1);
    } finally {
      database.execute(
          "alter table lock_changes no force row level security, disable row level security");
      database.execute("drop policy looks on lock_changes");
      database.execute("drop function look(uuid)");
      database.execute("drop sequence looks");
    }
  }

  @Test
  @DisplayName("needs no key, and a key is given to one policy only until that is deleted")
  void key() {
    String id = policies.alert("LOCK");
    assertThat(policies.get(id).getString("policyKey")).isNotEmpty();
    String keyed = "\"policyKey\":\"k\",\"policyType\":\"ALERT\",\"alertAction\":\"LOCK\"";
    String first = policies.create(keyed);
    Problems.expect(policies.post(keyed), 409, "policy-key-taken");
    policies.delete(first).expect(200);
    policies.create(keyed);
    TestPolicies.of(TestCompany.create()).create(keyed);
  }

  @ParameterizedTest
  @DisplayName("is refused with the member that is wrong")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{}; /policyName,/policyType",
        "{\"policyName\":\"x\",\"policyType\":\"NEVER\"}; /policyType",
        "{\"policyName\":\" \",\"policyType\":\"ALERT\",\"alertAction\":\"LOCK\"}; /policyName",
        "{\"policyName\":\"x\",\"policyType\":\"ALERT\"}; /alertAction",
        "{\"policyName\":\"x\",\"policyType\":\"ALERT\",\"alertAction\":\"OPEN\"}; /alertAction",
        "{\"policyName\":\"x\",\"policyType\":\"SCHEDULED\"}; /scheduledAction,/frequencyOfAction,/scheduleDateTime",
        "{\"policyName\":\"x\",\"policyType\":\"SCHEDULED\",\"scheduledAction\":\"LOCK\",\"frequencyOfAction\":\"DAILY\"}; /scheduleDateTime",
        "{\"policyName\":\"x\",\"policyType\":\"SCHEDULED\",\"scheduledAction\":\"LOCK\",\"frequencyOfAction\":\"HOURLY\",\"scheduleDateTime\":\"2030-01-01T00:00:00Z\"}; /frequencyOfAction",
        "{\"policyName\":\"x\",\"policyType\":\"SCHEDULED\",\"scheduledAction\":\"LOCK\",\"cronSchedule\":\"@daily\"}; /cronSchedule",
        "{\"policyName\":\"x\",\"policyType\":\"SCHEDULED\",\"scheduledAction\":\"LOCK\",\"cronSchedule\":\"0 0 * * * *\"}; /cronSchedule",
        "{\"policyName\":\"x\",\"policyType\":\"SCHEDULED\",\"scheduledAction\":\"LOCK\",\"cronSchedule\":\"0 9 * * *\",\"frequencyOfAction\":\"DAILY\",\"scheduleDateTime\":\"2030-01-01T08:00:00Z\"}; /cronSchedule",
        "{\"policyName\":\"x\",\"policyType\":\"SCHEDULED\",\"scheduledAction\":\"LOCK\",\"cronSchedule\":\"0 9 * * *\",\"timeZone\":\"Mars\"}; /timeZone",
        "{\"policyName\":\"x\",\"policyType\":\"SCHEDULED\",\"scheduledAction\":\"LOCK\",\"cronSchedule\":\"0 9 * * *\",\"timeZone\":\"\"}; /timeZone",
        "{\"policyName\":\"x\",\"policyType\":\"SCHEDULED\",\"scheduledAction\":\"LOCK\",\"cronSchedule\":7}; /cronSchedule",
        "{\"policyName\":\"x\",\"policyType\":\"SCHEDULED\",\"scheduledAction\":\"LOCK\",\"cronSchedule\":\"0 9 * * *\",\"frequencyOfAction\":\"DAILY\",\"scheduleDateTime\":\"2030-01-01T09:00:00Z\",\"timeZone\":\"Mars\"}; /timeZone",
        "{\"policyName\":\"x\",\"policyType\":\"SCHEDULED\",\"cronSchedule\":\"0 9 * * *\",\"frequencyOfAction\":\"DAILY\",\"scheduleDateTime\":\"2030-01-01T09:00:00Z\",\"timeZone\":\"\"}; /scheduledAction,/timeZone",
        "{\"policyName\":\"x\",\"policyType\":\"SCHEDULED\",\"scheduledAction\":\"LOCK\",\"cronSchedule\":\"at nine\",\"frequencyOfAction\":\"DAILY\",\"scheduleDateTime\":\"2030-01-01T09:00:00Z\",\"requiredApprovals\":0}; /requiredApprovals,/cronSchedule",
        "{\"policyName\":\"x\",\"policyType\":\"MULTI_APPROVAL\",\"multiApprovalAction\":\"LOCK\",\"requiredApprovals\":0}; /requiredApprovals",
        "{\"policyName\":\"x\",\"policyType\":\"ALERT\",\"alertAction\":\"LOCK\",\"activeDate\":\"soon\"}; /activeDate",
        "{\"policyName\":\"x\",\"policyType\":\"ALERT\",\"alertAction\":\"LOCK\",\"endDate\":\"+12000-01-01T00:00:00Z\"}; /endDate",
        "{\"policyName\":\"x\",\"policyType\":\"ALERT\",\"alertAction\":\"LOCK\",\"metadata\":[]}; /metadata",
        "{\"policyName\":\"x\",\"policyType\":\"ALERT\",\"alertAction\":\"LOCK\",\"allowUnlock\":\"yes\"}; /allowUnlock",
        "{\"policyName\":\"x\",\"policyType\":\"ALERT\",\"alertAction\":\"LOCK\",\"approvers\":[\"nobody\"]}; /approvers/0",
        "{\"policyName\":\"x\",\"policyType\":\"ALERT\",\"alertAction\":\"LOCK\",\"policyKey\":\"two words\"}; /policyKey"
      })
  void refused(String body, String pointers) {
    Answer answer = policies.calls().post(PATH, body);
    Problems.expect(answer, 400, "malformed-request");
    assertThat(answer.wrongMembers()).containsExactlyInAnyOrder(pointers.split(","));
    assertThat(policies.calls().get(PATH).expect(200).jsonArray()).isEmpty();
  }

  @Test
  @DisplayName("that ends before it begins, or has too much metadata, is refused")
  void impossible() {
    String alert = "\"policyType\":\"ALERT\",\"alertAction\":\"LOCK\",";
    Answer answer =
        policies.post(
            alert + "\"activeDate\":\"2030-01-02T00:00:00Z\",\"endDate\":\"2030-01-02T00:00:00Z\"");
    Problems.expect(answer, 422, "impossible-request");
    assertThat(answer.wrongMembers()).containsExactly("/endDate");
    Answer large = policies.post(alert + "\"metadata\":{\"a\":\"" + "x".repeat(16_384) + "\"}");
    assertThat(large.expect(400).wrongMembers()).containsExactly("/metadata");
  }

  @ParameterizedTest
  @DisplayName("is answered with the cron that says the same, where cron can")
  @CsvSource(
      nullValues = "null",
      value = {
        "ONCE,null",
        "DAILY,30 17 * * *",
        "WEEKDAYS,30 17 * * 1-5",
        "WEEKLY,30 17 * * 1",
        "BI_WEEKLY,null",
        "MONTHLY,30 17 4 * *",
        "QUARTERLY,'30 17 4 3,6,9,12 *'",
        "ANNUALLY,30 17 4 3 *"
      })
  void cron(String frequency, String cron) {
    JsonObject policy =
        policies.get(
            policies.create(
                "\"policyType\":\"SCHEDULED\",\"scheduledAction\":\"LOCK\",\"scheduleDateTime\":"
                    + "\"2030-03-04T17:30:00Z\",\"frequencyOfAction\":\""
                    + frequency
                    + "\""));
    assertThat(policy.getString("frequencyOfAction")).isEqualTo(frequency);
    assertThat(policy.getString("cronSchedule", null)).isEqualTo(cron);
  }

  @Test
  @DisplayName("takes back what it has answered")
  void roundTrip() {
    String id =
        policies.create(
            "\"policyType\":\"SCHEDULED\",\"scheduledAction\":\"LOCK\",\"scheduleDateTime\":"
                + "\"2030-03-04T17:30:00Z\",\"frequencyOfAction\":\"DAILY\"");
    JsonObject policy = policies.get(id);
    assertThat(policies.calls().patch(PATH + "/" + id, policy.toString()).expect(200).json())
        .isEqualTo(policy);
  }

  @Test
  @DisplayName("is answered with its cron whatever its type")
  void cronOfAnyType() {
    String alert = "\"policyType\":\"ALERT\",\"alertAction\":\"LOCK\",";
    String byCron = policies.create(alert + "\"cronSchedule\":\"5  4 * * *\"");
    assertThat(policies.get(byCron).getString("cronSchedule")).isEqualTo("5 4 * * *");
    String byFrequency =
        policies.create(
            alert
                + "\"frequencyOfAction\":\"DAILY\",\"scheduleDateTime\":\"2030-03-04T17:30:00Z\"");
    assertThat(policies.get(byFrequency).getString("cronSchedule")).isEqualTo("30 17 * * *");
  }

  @ParameterizedTest
  @DisplayName("takes back what it has answered with one member of its schedule changed")
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "timeZone,\"Asia/Tokyo\",30 2 * * *",
        "scheduleDateTime,\"2030-03-04T18:00:00Z\",0 18 * * *",
        "frequencyOfAction,\"WEEKLY\",30 17 * * 1",
        "frequencyOfAction,null,30 17 * * *"
      })
  void echoed(String member, String value, String cron) {
    String id =
        policies.create(
            "\"policyType\":\"SCHEDULED\",\"scheduledAction\":\"LOCK\",\"scheduleDateTime\":"
                + "\"2030-03-04T17:30:00Z\",\"frequencyOfAction\":\"DAILY\"");
    String body =
        without(policies.get(id), member)
            .toString()
            .replaceFirst("^\\{", "{\"" + member + "\":" + value + ",");
    JsonObject patched = policies.calls().patch(PATH + "/" + id, body).expect(200).json();
    assertThat(patched.get(member)).hasToString(value);
    assertThat(patched.getString("cronSchedule")).isEqualTo(cron);
    assertThat(policies.get(id)).isEqualTo(patched);
  }

  @Test
  @DisplayName("is patched in what the patch names, and null clears an optional member")
  void patched() {
    String id =
        policies.create(
            "\"policyType\":\"SCHEDULED\",\"scheduledAction\":\"LOCK\",\"policyDescription\":\"d\","
                + "\"cronSchedule\":\"0 9 * * *\",\"timeZone\":\"Asia/Tokyo\",\"metadata\":{\"a\":1},"
                + "\"endDate\":\"2040-01-01T00:00:00Z\",\"allowUnlock\":false");
    JsonObject before = policies.get(id);
    JsonObject named = policies.patch(id, "\"policyName\":\"Other\"").expect(200).json();
    assertThat(without(named, "policyName")).isEqualTo(without(before, "policyName"));
    assertThat(named.getString("policyName")).isEqualTo("Other");
    JsonObject cleared =
        policies
            .patch(
                id,
                "\"policyDescription\":null,\"endDate\":null,\"timeZone\":null,\"metadata\":null,"
                    + "\"allowUnlock\":null")
            .expect(200)
            .json();
    assertThat(cleared.get("policyDescription")).isEqualTo(JsonValue.NULL);
    assertThat(cleared.get("endDate")).isEqualTo(JsonValue.NULL);
    assertThat(cleared.getString("timeZone")).isEqualTo("UTC");
    assertThat(cleared.getJsonObject("metadata")).isEmpty();
    assertThat(cleared.getBoolean("allowUnlock")).isTrue();
    JsonObject frequent =
        policies
            .patch(
                id,
                "\"frequencyOfAction\":\"BI_WEEKLY\",\"scheduleDateTime\":\"2030-01-01T00:00:00Z\"")
            .expect(200)
            .json();
    assertThat(frequent.get("cronSchedule")).isEqualTo(JsonValue.NULL);
    JsonObject cron = policies.patch(id, "\"cronSchedule\":\"5 4 * * *\"").expect(200).json();
    assertThat(cron.get("frequencyOfAction")).isEqualTo(JsonValue.NULL);
    assertThat(cron.getString("cronSchedule")).isEqualTo("5 4 * * *");
  }

  @ParameterizedTest
  @DisplayName("is not patched at all where the patch is wrong in one member")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "\"policyName\":null; /policyName",
        "\"policyName\":\"\"; /policyName",
        "\"alertAction\":null; /alertAction",
        "\"requiredApprovals\":101; /requiredApprovals",
        "\"timeZone\":\"CET/Mars\"; /timeZone",
        "\"frequencyOfAction\":\"DAILY\",\"cronSchedule\":\"0 9 * * *\",\"scheduleDateTime\":\"2030-01-01T09:00:00Z\",\"timeZone\":\"Mars\"; /timeZone",
        "\"membersToAdd\":[\"ana\",\"nobody\"]; /membersToAdd/1",
        "\"membersToRemove\":[\"nobody\"]; /membersToRemove/0",
        "\"groupMembersToAdd\":[\"nothing\"]; /groupMembersToAdd/0",
        "\"groupMembersToRemove\":[\"nothing\"]; /groupMembersToRemove/0",
        "\"approversToAdd\":[\"nobody\"]; /approversToAdd/0",
        "\"approversToRemove\":[\"nobody\"]; /approversToRemove/0",
        "\"membersToAdd\":[null]; /membersToAdd/0",
        "\"membersToAdd\":\"ana\"; /membersToAdd"
      })
  void patchRefused(String members, String pointer) {
    application.account("ana");
    String id = policies.alert("LOCK");
    JsonObject before = policies.get(id);
    Answer answer =
        policies.patch(
            id,
            members
                + (members.contains("membersToAdd") ? "" : ",\"membersToAdd\":[\"ana\"]")
                + ",\"policyDescription\":\"changed\"");
    Problems.expect(answer, 400, "malformed-request");
    assertThat(answer.wrongMembers()).containsExactly(pointer);
    assertThat(policies.get(id)).isEqualTo(before);
    assertThat(members(id)).isEmpty();
  }

  @Test
  @DisplayName("has accounts and groups as members, by id and by name")
  void members() {
    String ana = application.account("ana");
    String ben = application.account("auth0|ben");
    String group = company.group("staff");
    company.group("desk");
    String id = policies.alert("LOCK");
    policies
        .patch(
            id,
            "\"membersToAdd\":[\"%s\",\"auth0|ben\",\"ana\"],\"groupMembersToAdd\":[\"%s\",\"desk\"]"
                .formatted(ana, group))
        .expect(200);
    assertThat(members(id)).containsExactlyInAnyOrder(ana, ben);
    assertThat(policies.calls().get(PATH + "/" + id + "/groupMembers").expect(200).jsonArray())
        .extracting(g -> g.asJsonObject().getString("groupKey"))
        .containsExactly("desk", "staff");
    JsonObject page =
        policies.calls().get(PATH + "/" + id + "/members?page=1&pageSize=1").expect(200).json();
    assertThat(page.getInt("currentPage")).isEqualTo(1);
    assertThat(page.getBoolean("first")).isFalse();
    assertThat(page.getBoolean("last")).isTrue();
    assertThat(page.getInt("totalItems")).isEqualTo(2);
    assertThat(page.getInt("itemsPerPage")).isEqualTo(1);
    assertThat(page.getJsonArray("items").getJsonObject(0))
        .isEqualTo(policies.account(page.getJsonArray("items").getJsonObject(0).getString("id")));
    policies
        .patch(id, "\"membersToRemove\":[\"ana\"],\"groupMembersToRemove\":[\"staff\"]")
        .expect(200);
    assertThat(members(id)).containsExactly(ben);
    assertThat(policies.calls().get(PATH + "/" + id + "/groupMembers").expect(200).jsonArray())
        .hasSize(1);
  }

  @Test
  @DisplayName("takes ids and e-mail addresses in capitals, too")
  void capitals() {
    String ana = application.account("ana");
    String group = company.group("staff");
    String boss = company.user("");
    String deputy = company.user("");
    String email =
        company
            .administrator()
            .get("/api/v1/users/" + deputy)
            .expect(200)
            .json()
            .getString("email");
    String id = policies.alert("LOCK");
    policies
        .patch(
            id,
            "\"membersToAdd\":[\"%s\"],\"groupMembersToAdd\":[\"%s\"],\"approversToAdd\":[\"%s\",\"%s\"]"
                .formatted(upper(ana), upper(group), upper(boss), upper(email)))
        .expect(200);
    assertThat(members(id)).containsExactly(ana);
    assertThat(policies.calls().get(PATH + "/" + id + "/groupMembers").expect(200).jsonArray())
        .hasSize(1);
    assertThat(policies.get(id).getJsonArray("approvers"))
        .extracting(user -> user.asJsonObject().getString("id"))
        .containsExactlyInAnyOrder(boss, deputy);
    policies.patch(id, "\"membersToRemove\":[\"" + upper(ana) + "\"]").expect(200);
    assertThat(members(id)).isEmpty();
    assertThat(
            policies
                .patch(id, "\"membersToAdd\":[\"" + UUID.randomUUID() + "\",\"ANA\"]")
                .expect(400)
                .wrongMembers())
        .containsExactly("/membersToAdd/0", "/membersToAdd/1");
  }

  @Test
  @DisplayName("lists its members to the end, and there are no more than ten million")
  void lastMembers() {
    String path = PATH + "/" + policies.alert("LOCK") + "/members?";
    JsonObject far = policies.calls().get(path + "page=5000&pageSize=200").expect(200).json();
    assertThat(far.getInt("currentPage")).isEqualTo(5000);
    assertThat(far.getJsonArray("items")).isEmpty();
    policies.calls().get(path + "page=10000000&pageSize=1").expect(200);
    Problems.expect(
        policies.calls().get(path + "page=50001&pageSize=200"), 400, "malformed-request");
  }

  @Test
  @DisplayName("is changed by If-Match only where nobody has changed it since")
  void stale() {
    String id = policies.alert("LOCK");
    String path = PATH + "/" + id;
    String first = policies.calls().get(path).header("ETag");
    assertThat(first).matches("\"[0-9]+\"");
    Answer second =
        policies.calls().with("If-Match", first).patch(path, "{\"policyName\":\"a\"}").expect(200);
    assertThat(second.header("ETag")).isNotEqualTo(first);
    Problems.expect(
        policies.calls().with("If-Match", first).patch(path, "{\"policyName\":\"b\"}"),
        412,
        "stale-version");
    Problems.expect(policies.calls().with("If-Match", first).delete(path), 412, "stale-version");
    Problems.expect(
        policies.calls().with("If-Match", "\"x\"").patch(path, "{}"), 412, "stale-version");
    assertThat(policies.get(id).getString("policyName")).isEqualTo("a");
    assertThat(policies.calls().get(path).header("ETag")).isEqualTo(second.header("ETag"));
    policies.execute(id);
    assertThat(policies.calls().get(path).header("ETag")).isEqualTo(second.header("ETag"));
    policies.calls().with("If-Match", "*").patch(path, "{}").expect(200);
  }

  @Test
  @DisplayName("loses nothing of ten patches at once")
  void simultaneousPatches() {
    String id = policies.alert("LOCK");
    for (int i = 0; i < 10; i++) {
      application.account("user-" + i);
    }
    List<Answer> answers =
        Simultaneously.call(10, i -> policies.patch(id, "\"membersToAdd\":[\"user-" + i + "\"]"));
    assertThat(answers).allMatch(answer -> answer.status() == 200);
    assertThat(members(id)).hasSize(10);
  }

  @Test
  @DisplayName("is deleted once and then is not there")
  void deleted() {
    String id = policies.alert("LOCK");
    policies.delete(id).expect(200);
    Problems.expect(policies.delete(id), 404, "not-found");
    Problems.expect(policies.calls().get(PATH + "/" + id), 404, "not-found");
    Problems.expect(policies.patch(id, ""), 404, "not-found");
    Problems.expect(policies.calls().post(PATH + "/" + id + "/execute"), 404, "not-found");
    assertThat(policies.calls().get(PATH).expect(200).jsonArray()).isEmpty();
  }

  @ParameterizedTest
  @DisplayName("is reached with either spelling of the API key's header")
  @ValueSource(strings = {"x-nl3-api-token", "x-nl3-server-api-token"})
  void eitherHeader(String header) {
    HttpCalls calls = SharedServer.anonymous().with(header, company.apiKey());
    String id =
        calls
            .post(PATH, "{\"policyName\":\"x\",\"policyType\":\"ALERT\",\"alertAction\":\"LOCK\"}")
            .expect(201)
            .json()
            .getString("id");
    calls.get(PATH).expect(200);
    calls.get(PATH + "/" + id).expect(200);
    calls.patch(PATH + "/" + id, "{}").expect(200);
    calls.get(PATH + "/" + id + "/approvers").expect(200);
    calls.get(PATH + "/" + id + "/groupMembers").expect(200);
    calls.get(PATH + "/" + id + "/members").expect(200);
    calls.post(PATH + "/" + id + "/execute").expect(200);
    calls.delete(PATH + "/" + id).expect(200);
  }

  @Test
  @DisplayName("is not there for another company, nor without a key")
  void foreign() {
    String id = policies.alert("LOCK");
    TestPolicies others = TestPolicies.of(TestCompany.create());
    for (HttpCalls calls : List.of(others.calls(), SharedServer.anonymous())) {
      int status = calls == others.calls() ? 404 : 401;
      assertThat(calls.get(PATH + "/" + id).status()).isEqualTo(status);
      assertThat(calls.patch(PATH + "/" + id, "{}").status()).isEqualTo(status);
      assertThat(calls.delete(PATH + "/" + id).status()).isEqualTo(status);
      assertThat(calls.get(PATH + "/" + id + "/approvers").status()).isEqualTo(status);
      assertThat(calls.get(PATH + "/" + id + "/groupMembers").status()).isEqualTo(status);
      assertThat(calls.get(PATH + "/" + id + "/members").status()).isEqualTo(status);
      assertThat(calls.post(PATH + "/" + id + "/execute").status()).isEqualTo(status);
    }
    assertThat(others.calls().get(PATH).expect(200).jsonArray()).isEmpty();
    assertThat(SharedServer.anonymous().get(PATH).status()).isEqualTo(401);
    String ana = application.account("ana");
    String theirs = others.alert("LOCK");
    Problems.expect(
        others.patch(theirs, "\"membersToAdd\":[\"" + ana + "\"]"), 400, "malformed-request");
    Problems.expect(
        others.patch(theirs, "\"approversToAdd\":[\"" + company.user("") + "\"]"),
        400,
        "malformed-request");
    Problems.expect(policies.calls().get(PATH + "/" + UUID.randomUUID()), 404, "not-found");
  }

  private List<String> members(String id) {
    return policies
        .calls()
        .get(PATH + "/" + id + "/members")
        .expect(200)
        .json()
        .getJsonArray("items")
        .getValuesAs(JsonObject.class)
        .stream()
        .map(account -> account.getString("id"))
        .toList();
  }

  private static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  private static JsonObject without(JsonObject json, String member) {
    return JSON.createObjectBuilder(json).remove(member).build();
  }
}
