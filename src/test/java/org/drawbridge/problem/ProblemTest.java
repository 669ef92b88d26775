package org.drawbridge.problem;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A problem")
class ProblemTest {

  @Test
  @DisplayName("tells a refusal with its type, status, detail and the request's id")
  void ofRefusal() {
    assertThat(Problem.of(new NotFound("account"), "abc").json())
        .hasToString(
            "{\"type\":\"urn:drawbridge:problem:not-found\",\"title\":\"Not found\",\"status\":404,"
                + "\"detail\":\"There is no such account.\","
                + "\"instance\":\"urn:drawbridge:request:abc\"}");
  }

  @Test
  @DisplayName("names each wrong member by its pointer")
  void pointers() {
    Malformed refusal =
        new Malformed(
            List.of(
                MemberError.at("a/b~c", "must be a text"),
                MemberError.at("name", "must not be null").below("/rows/7"),
                new MemberError("", "must be a JSON object")));
    JsonObject json = Problem.of(refusal, null).json();
    assertThat(json.getJsonArray("errors"))
        .hasToString(
            "[{\"pointer\":\"/a~1b~0c\",\"detail\":\"must be a text\"},"
                + "{\"pointer\":\"/rows/7/name\",\"detail\":\"must not be null\"},"
                + "{\"pointer\":\"\",\"detail\":\"must be a JSON object\"}]");
    assertThat(json).doesNotContainKey("instance");
  }

  @Test
  @DisplayName("of an impossible member names it, with status 422")
  void impossible() {
    JsonObject json =
        Problem.of(new Impossible(MemberError.at("email", "is nobody's")), null).json();
    assertThat(json.getInt("status")).isEqualTo(422);
    assertThat(json.getString("detail")).isEqualTo("is nobody's");
    assertThat(json.getJsonArray("errors")).hasSize(1);
  }

  @Test
  @DisplayName("has the status that its kind stands for")
  void statuses() {
    assertThat(
            Stream.of(Kind.values())
                .collect(Collectors.toMap(kind -> kind.status(), kind -> kind.name())))
        .isEqualTo(
            Map.of(
                400, "MALFORMED",
                401, "UNAUTHORIZED",
                403, "FORBIDDEN",
                404, "NOT_FOUND",
                409, "CONFLICT",
                412, "PRECONDITION_FAILED",
                413, "TOO_LARGE",
                422, "IMPOSSIBLE",
                429, "TOO_MANY",
                503, "UNAVAILABLE"));
    assertThat(new TooLarge().kind()).isEqualTo(Kind.TOO_LARGE);
  }

  @ParameterizedTest
  @DisplayName("of a status that no rule chose has a type, a title and a detail")
  @ValueSource(ints = {400, 401, 403, 404, 405, 406, 411, 413, 414, 415, 431, 500, 501, 503, 505})
  void ofStatus(int status) {
    Problem problem = Problem.ofStatus(status, null);
    assertThat(problem.status()).isEqualTo(status);
    assertThat(problem.type()).matches("urn:drawbridge:problem:[a-z-]+");
    assertThat(problem.title()).isNotBlank();
    assertThat(problem.detail()).isNotBlank();
  }

  @Test
  @DisplayName("that is refused has no stack trace, because attackers can cause many")
  void noStackTrace() {
    assertThat(new Malformed("x").getStackTrace()).isEmpty();
  }
}
