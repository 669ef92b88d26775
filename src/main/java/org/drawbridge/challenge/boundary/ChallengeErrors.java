package org.drawbridge.challenge.boundary;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.drawbridge.problem.Problem;

/**
 * Says problems in the words of the challenge API: {@code {"error", "errorDescription"}}, where the
 * error is the problem's type in snake case, and {@code unauthorized} for every credential that
 * does not count.
 */
@Provider
public class ChallengeErrors implements ContainerResponseFilter {

  private static final JsonBuilderFactory BUILDERS = Json.createBuilderFactory(Map.of());

  private static final int UNAUTHORIZED = 401;

  /** What the clients' own tests expect. */
  private static final String UNAUTHORIZED_DESCRIPTION =
      "The request is unauthorized. Check that your API key and region base URL are correctly"
          + " configured.";

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (response.getEntity() instanceof JsonObject problem
        && MediaType.valueOf(Problem.MEDIA_TYPE).isCompatible(response.getMediaType())) {
      response.setEntity(
          error(problem, response.getStatus()), null, MediaType.APPLICATION_JSON_TYPE);
    }
  }

  /** What the challenge API says of a problem of that status. */
  public static JsonObject error(JsonObject problem, int status) {
    String type = problem.getString("type");
    return BUILDERS
        .createObjectBuilder()
        .add(
            "error",
            status == UNAUTHORIZED
                ? "unauthorized"
                : type.substring(type.lastIndexOf(':') + 1).replace('-', '_'))
        .add(
            "errorDescription",
            status == UNAUTHORIZED ? UNAUTHORIZED_DESCRIPTION : description(problem))
        .build();
  }

  /** With the members that are wrong: there is no other place for them. */
  private static String description(JsonObject problem) {
    JsonArray errors = problem.getJsonArray("errors");
    List<JsonObject> wrong =
        errors == null || errors.isEmpty()
            ? List.of()
            : errors.getValuesAs((JsonValue value) -> value.asJsonObject());
    return wrong.isEmpty()
        ? problem.getString("detail")
        : wrong.stream()
            .map(e -> e.getString("pointer") + " " + e.getString("detail"))
            .collect(Collectors.joining("; "));
  }
}
