package org.drawbridge.testing;

import jakarta.json.JsonObject;
import org.drawbridge.testing.HttpCalls.Answer;

/** The policies of a company, as its server writes them. */
public record TestPolicies(TestCompany company, HttpCalls calls) {

  public static final String PATH = "/nl3/api/v1/sdk/policies";

  public static TestPolicies of(TestCompany company) {
    HttpCalls anonymous = company.administrator().anonymous();
    return new TestPolicies(company, anonymous.with("x-nl3-api-token", company.apiKey()));
  }

  /** Creates an ALERT policy; answers its id. */
  public String alert(String action) {
    return create("\"policyType\":\"ALERT\",\"alertAction\":\"" + action + "\"");
  }

  /** Creates a policy; answers its id. */
  public String create(String members) {
    return post(members).expect(201).json().getString("id");
  }

  public Answer post(String members) {
    return calls.post(PATH, "{\"policyName\":\"Test\"," + members + "}");
  }

  public JsonObject get(String id) {
    return calls.get(PATH + "/" + id).expect(200).json();
  }

  public Answer patch(String id, String members) {
    return calls.patch(PATH + "/" + id, "{" + members + "}");
  }

  public void addMember(String id, String account) {
    patch(id, "\"membersToAdd\":[\"" + account + "\"]").expect(200);
  }

  /** Answers the id of the execution. */
  public String execute(String id) {
    return calls.post(PATH + "/" + id + "/execute").expect(200).text().replace("\"", "");
  }

  public Answer delete(String id) {
    return calls.delete(PATH + "/" + id);
  }

  public JsonObject account(String id) {
    return company.administrator().get("/api/v1/accounts/" + id).expect(200).json();
  }

  public JsonObject explanation(String id) {
    return company
        .administrator()
        .get("/api/v1/accounts/" + id + "/explanation")
        .expect(200)
        .json();
  }

  public boolean isLocked(String account) {
    return account(account).getBoolean("lockStatus");
  }
}
