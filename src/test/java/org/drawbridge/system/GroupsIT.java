package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.List;
import java.util.UUID;
import org.drawbridge.testing.HttpCalls;
import org.drawbridge.testing.HttpCalls.Answer;
import org.drawbridge.testing.Problems;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestCompany;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A group")
class GroupsIT {

  private final TestCompany company = TestCompany.create();
  private final TestApplication application = company.application();
  private final HttpCalls calls = company.administrator();
  private final String path = "/api/v1/companies/" + company.id() + "/groups";

  @Test
  @DisplayName("is added with key, name and description, with all members of the reference's group")
  void added() {
    JsonObject group =
        calls
            .post(
                path,
                "{\"groupKey\":\"staff\",\"groupName\":\"Staff\",\"groupDescription\":\"All\"}")
            .expect(201)
            .json();
    assertThat(group.keySet())
        .contains(
            "companyId",
            "createdByUser",
            "createdDate",
            "groupDescription",
            "groupKey",
            "groupName",
            "id",
            "lastModifiedDate",
            "modifiedByUser");
    assertThat(group.getString("companyId")).isEqualTo(company.id());
    assertThat(group.getString("groupKey")).isEqualTo("staff");
    assertThat(group.getString("groupName")).isEqualTo("Staff");
    assertThat(group.getString("groupDescription")).isEqualTo("All");
    assertThat(calls.get("/api/v1/groups/" + group.getString("id")).expect(200).json())
        .isEqualTo(group);
    assertThat(calls.get(path).expect(200).json().getJsonArray("items").getJsonObject(0))
        .isEqualTo(group);
  }

  @Test
  @DisplayName("needs no description")
  void undescribed() {
    JsonObject group =
        calls.post(path, "{\"groupKey\":\"g\",\"groupName\":\"G\"}").expect(201).json();
    assertThat(group.isNull("groupDescription")).isTrue();
  }

  @Test
  @DisplayName("has a key of its own in its company")
  void keys() {
    add("g");
    Problems.expect(
        calls.post(path, "{\"groupKey\":\"g\",\"groupName\":\"Other\"}"), 409, "group-key-taken");
    TestCompany other = TestCompany.create();
    calls
        .post(
            "/api/v1/companies/" + other.id() + "/groups",
            "{\"groupKey\":\"g\",\"groupName\":\"G\"}")
        .expect(201);
  }

  @ParameterizedTest
  @DisplayName("has a key and a name: else 400 names the member")
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"groupName\":\"G\"} | /groupKey",
        "{\"groupKey\":\"g\"} | /groupName",
        "{\"groupKey\":\"\",\"groupName\":\"G\"} | /groupKey",
        "{\"groupKey\":\"g\",\"groupName\":[]} | /groupName",
        "{\"groupKey\":\"g\",\"groupName\":\"G\",\"groupDescription\":1} | /groupDescription"
      })
  void malformed(String body, String pointer) {
    Answer answer = calls.post(path, body);
    Problems.expect(answer, 400, "malformed-request");
    assertThat(answer.wrongMembers()).containsExactly(pointer);
    assertThat(calls.get(path).json().getInt("totalItems")).isZero();
  }

  @Test
  @DisplayName("holds exactly the accounts that were put in last")
  void members() {
    String group = add("g");
    String ana = application.account("ana");
    String ben = application.account("ben");
    String cleo = application.account("cleo");
    assertThat(put(group, ana, ben)).containsExactlyInAnyOrder(ana, ben);
    assertThat(put(group, ben, cleo, ben)).containsExactlyInAnyOrder(ben, cleo);
    JsonArray groups =
        calls.get("/api/v1/accounts/" + ben).expect(200).json().getJsonArray("groups");
    assertThat(groups).hasSize(1);
    assertThat(groups.getJsonObject(0).getString("groupKey")).isEqualTo("g");
    assertThat(calls.get("/api/v1/accounts/" + ana).json().getJsonArray("groups")).isEmpty();
    assertThat(put(group)).isEmpty();
    assertThat(calls.get("/api/v1/accounts/" + ben).json().getJsonArray("groups")).isEmpty();
  }

  @Test
  @DisplayName("changes nothing where one of the accounts does not exist, and says which")
  void unknownMember() {
    String group = add("g");
    String ana = application.account("ana");
    put(group, ana);
    Answer answer =
        calls.put(
            "/api/v1/groups/" + group + "/members",
            "{\"accountIds\":[\"" + ana + "\",\"" + UUID.randomUUID() + "\"]}");
    Problems.expect(answer, 400, "malformed-request");
    assertThat(answer.wrongMembers()).containsExactly("/accountIds/1");
    assertThat(members(calls.get("/api/v1/groups/" + group + "/members"))).containsExactly(ana);
  }

  @ParameterizedTest
  @DisplayName("takes a list of account ids: else 400 names the member")
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | /accountIds",
        "{\"accountIds\":\"x\"} | /accountIds",
        "{\"accountIds\":[\"x\"]} | /accountIds/0",
        "{\"accountIds\":[null]} | /accountIds/0",
        "{\"accountIds\":[7]} | /accountIds/0"
      })
  void badMembers(String body, String pointer) {
    Answer answer = calls.put("/api/v1/groups/" + add("g") + "/members", body);
    Problems.expect(answer, 400, "malformed-request");
    assertThat(answer.wrongMembers()).containsExactly(pointer);
  }

  @Test
  @DisplayName("that does not exist is 404")
  void unknown() {
    String unknown = "/api/v1/groups/" + UUID.randomUUID();
    Problems.expect(calls.get(unknown), 404, "not-found");
    Problems.expect(calls.put(unknown + "/members", "{\"accountIds\":[]}"), 404, "not-found");
  }

  private String add(String key) {
    return calls
        .post(path, "{\"groupKey\":\"" + key + "\",\"groupName\":\"G\"}")
        .expect(201)
        .json()
        .getString("id");
  }

  private List<String> put(String group, String... accounts) {
    String ids = accounts.length == 0 ? "" : "\"" + String.join("\",\"", accounts) + "\"";
    return members(
        calls.put("/api/v1/groups/" + group + "/members", "{\"accountIds\":[" + ids + "]}"));
  }

  private static List<String> members(Answer answer) {
    return answer
        .expect(200)
        .json()
        .getJsonArray("accountIds")
        .getValuesAs(JsonString.class)
        .stream()
        .map(JsonString::getString)
        .toList();
  }
}
