package org.drawbridge.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.testing.TestJson.JSON;

import jakarta.json.JsonObject;
import java.util.regex.Pattern;
import org.drawbridge.testing.HttpCalls.Answer;

/** What every refusal looks like: RFC 9457, with nothing in it about the inside of the server. */
public final class Problems {

  /** Stack traces, class and package names, SQL, product names. */
  private static final Pattern LEAK =
      Pattern.compile(
          "Exception|Error:|\\bat [\\w.$]+\\(|\\.java:\\d|\\b(?:java|javax|jakarta|org|com|fish)\\."
              + "[a-z]+\\.|(?i:\\bselect .* from |\\binsert into |\\bupdate .* set |sqlstate|grizzly"
              + "|glassfish|payara|jersey|hibernate)");

  private Problems() {}

  /** Answers the same, once it is seen to be that problem and complete. */
  public static Answer expect(Answer answer, int status, String type) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.contentType()).startsWith("application/problem+json");
    JsonObject problem = answer.json();
    assertThat(problem.getString("type")).isEqualTo("urn:drawbridge:problem:" + type);
    assertThat(problem.getString("title")).isNotBlank();
    assertThat(problem.getInt("status")).isEqualTo(status);
    assertThat(problem.getString("detail")).isNotBlank();
    assertThat(answer.header("X-Correlation-Id")).isNotBlank();
    assertThat(problem.getString("instance"))
        .isEqualTo("urn:drawbridge:request:" + answer.header("X-Correlation-Id"));
    assertThat(leak(answer.text())).isEmpty();
    if (status == 401 || status == 403) {
      assertThat(answer.header("WWW-Authenticate")).contains("realm=");
    }
    if (status == 429 || status == 503) {
      assertThat(answer.header("Retry-After")).matches("[1-9]\\d*");
    }
    return answer;
  }

  /** The problem without the one member that differs from request to request. */
  public static JsonObject withoutInstance(Answer answer) {
    return JSON.createObjectBuilder(answer.json()).remove("instance").build();
  }

  /** What the text gives away; empty where it is nothing. */
  public static String leak(String text) {
    var found = LEAK.matcher(text);
    return found.find() ? found.group() : "";
  }
}
