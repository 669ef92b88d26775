package org.drawbridge.testing;

import jakarta.json.JsonObject;
import java.util.List;
import org.drawbridge.testing.HttpCalls.Answer;

/** A validated application with a signing key. */
public record TestApplication(TestCompany company, String id, String url, String key) {

  private static final String HEADER = "x-nl3-authorization-token";

  /** Adds an account; answers its id. */
  public String account(String userAccountId) {
    return account(userAccountId, "");
  }

  /**
   * @param moreMembers JSON members to add to the request, such as {@code ,"enabled":false}
   */
  public String account(String userAccountId, String moreMembers) {
    return company
        .administrator()
        .post(
            "/api/v1/applications/" + id + "/accounts",
            "{\"userAccountId\":\"" + userAccountId + "\"" + moreMembers + "}")
        .expect(201)
        .json()
        .getString("id");
  }

  public void lock(String accountId) {
    company.administrator().post("/api/v1/accounts/" + accountId + "/lock").expect(200);
  }

  public void unlock(String accountId) {
    company.administrator().post("/api/v1/accounts/" + accountId + "/unlock").expect(200);
  }

  public DomainToken token(String subject) {
    return DomainToken.of(this, subject);
  }

  /** Calls with a fresh token for that account. */
  public HttpCalls calls(String subject) {
    return calls(token(subject));
  }

  public HttpCalls calls(DomainToken token) {
    return company.administrator().anonymous().with(HEADER, token.compact());
  }

  /** One protection check with a fresh token. */
  public Answer check(String subject) {
    return check(token(subject));
  }

  public Answer check(DomainToken token) {
    return calls(token).post("/v1/AccountProtectionCheck", "{}");
  }

  /** The recorded checks of an account, newest first. */
  public List<JsonObject> checks(String accountId, String query) {
    return company
        .administrator()
        .get("/api/v1/accounts/" + accountId + "/checks" + query)
        .expect(200)
        .json()
        .getJsonArray("items")
        .getValuesAs(JsonObject.class);
  }

  /** The lock changes of an account, newest first. */
  public List<JsonObject> lockChanges(String accountId) {
    return company
        .administrator()
        .get("/api/v1/accounts/" + accountId + "/lock-changes")
        .expect(200)
        .json()
        .getJsonArray("items")
        .getValuesAs(JsonObject.class);
  }

  public boolean isLocked(String subject) {
    return check(subject).expect(200).json().getBoolean("locked");
  }
}
