package org.drawbridge.testing;

import static java.util.stream.Collectors.joining;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** A company of a test's own, so that tests do not see each other. */
public record TestCompany(HttpCalls administrator, String id) {

  /** On the shared server, administered by the platform administrator. */
  public static TestCompany create() {
    return create(SharedServer.platform());
  }

  public static TestCompany create(HttpCalls platform) {
    String id =
        platform
            .post("/api/v1/companies", "{\"name\":\"Company of a test\"}")
            .expect(201)
            .json()
            .getString("id");
    return new TestCompany(platform, id);
  }

  /** An application with a domain of its own, validated, with one signing key. */
  public TestApplication application() {
    return application("https://app-" + UUID.randomUUID() + ".example.com", "");
  }

  /**
   * @param moreMembers JSON members to add to the request, such as {@code ,"unknownAccount":"DENY"}
   */
  public TestApplication application(String url, String moreMembers) {
    String applicationId =
        administrator
            .post(
                "/api/v1/companies/" + id + "/applications",
                "{\"name\":\"Application\",\"url\":\"" + url + "\"" + moreMembers + "}")
            .expect(201)
            .json()
            .getString("id");
    administrator
        .post(
            "/api/v1/applications/" + applicationId + "/validation",
            "{\"method\":\"ADMINISTRATOR\"}")
        .expect(200);
    String key =
        administrator
            .post("/api/v1/applications/" + applicationId + "/signing-keys")
            .expect(201)
            .json()
            .getString("key");
    return new TestApplication(this, applicationId, url, key);
  }

  /**
   * @param moreMembers JSON members to add to the request, such as {@code ,"autoLockMinutes":5}
   */
  public String user(String moreMembers) {
    String name = "user-" + UUID.randomUUID();
    return administrator
        .post(
            "/api/v1/companies/" + id + "/users",
            "{\"username\":\"%s\",\"email\":\"%s@example.com\",\"first_name\":\"Ana\",\"last_name\":\"Berg\"%s}"
                .formatted(name, name, moreMembers))
        .expect(201)
        .json()
        .getString("id");
  }

  /** A group, named by its key; answers its id. */
  public String group(String key, String... accountIds) {
    String group =
        administrator
            .post(
                "/api/v1/companies/" + id + "/groups",
                "{\"groupKey\":\"%s\",\"groupName\":\"%s\"}".formatted(key, key))
            .expect(201)
            .json()
            .getString("id");
    setGroup(group, accountIds);
    return group;
  }

  /** Makes these accounts, and no others, members of the group. */
  public void setGroup(String group, String... accountIds) {
    String ids = Stream.of(accountIds).map(id -> "\"" + id + "\"").collect(joining(","));
    administrator
        .put("/api/v1/groups/" + group + "/members", "{\"accountIds\":[" + ids + "]}")
        .expect(200);
  }

  /**
   * What its activity log tells, newest first.
   *
   * @param query such as {@code ?type=account-locked}; empty for all
   */
  public List<JsonObject> activity(String query) {
    return administrator
        .get("/api/v1/companies/" + id + "/activity" + query)
        .expect(200)
        .json()
        .getJsonArray("items")
        .getValuesAs(JsonObject.class);
  }

  /** An administrator of this company alone. */
  public HttpCalls ownAdministrator() {
    return SharedServer.anonymous()
        .bearer(
            administrator
                .post("/api/v1/companies/" + id + "/administrators", "{\"name\":\"own\"}")
                .expect(201)
                .json()
                .getString("token"));
  }

  public String apiKey() {
    return administrator
        .post("/api/v1/companies/" + id + "/api-keys", "{\"name\":\"test\"}")
        .expect(201)
        .json()
        .getString("key");
  }
}
