package org.drawbridge.problem;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A problem detail (RFC 9457 section 3), built by hand so that it can be written where no JSON-B is
 * at hand: in a servlet filter, or after JSON-B itself has failed.
 *
 * @param instance the correlation id of the request, as {@code urn:drawbridge:request:<id>}
 */
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    @Nullable String instance,
    List<MemberError> errors) {

  private static final JsonBuilderFactory BUILDERS = Json.createBuilderFactory(Map.of());

  public static final String MEDIA_TYPE = "application/problem+json";

  private static final String TYPE_PREFIX = "urn:drawbridge:problem:";

  public static Problem of(Refusal refusal, @Nullable String correlation) {
    Kind kind = refusal.kind();
    return new Problem(
        TYPE_PREFIX + refusal.type(),
        kind.title(),
        kind.status(),
        refusal.detail(),
        instance(correlation),
        refusal.errors());
  }

  /** For a status that the server itself chose: no resource, no method, no media type. */
  public static Problem ofStatus(int status, @Nullable String correlation) {
    StatusText text = StatusText.of(status);
    return new Problem(
        TYPE_PREFIX + text.type(),
        text.title(),
        status,
        text.detail(),
        instance(correlation),
        List.of());
  }

  private static @Nullable String instance(@Nullable String correlation) {
    return correlation == null ? null : "urn:drawbridge:request:" + correlation;
  }

  public JsonObject json() {
    JsonObjectBuilder body =
        BUILDERS
            .createObjectBuilder()
            .add("type", type)
            .add("title", title)
            .add("status", status)
            .add("detail", detail);
    if (instance != null) {
      body.add("instance", instance);
    }
    if (!errors.isEmpty()) {
      JsonArrayBuilder list = BUILDERS.createArrayBuilder();
      for (MemberError error : errors) {
        list.add(
            BUILDERS
                .createObjectBuilder()
                .add("pointer", error.pointer())
                .add("detail", error.detail()));
      }
      body.add("errors", list);
    }
    return body.build();
  }
}
