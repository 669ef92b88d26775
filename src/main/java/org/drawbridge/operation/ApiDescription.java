package org.drawbridge.operation;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The OpenAPI description of every call, which is written by hand in YAML. */
record ApiDescription(String yaml) {

  private static final int MAX_ALIASES = 1000;

  private static final JsonProvider JSON = JsonProvider.provider();

  static ApiDescription load() {
    try (InputStream in = ApiDescription.class.getResourceAsStream("/openapi.yaml")) {
      if (in == null) {
        throw new IllegalStateException("openapi.yaml is missing");
      }
      return new ApiDescription(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The same in JSON, with anchors resolved.
   *
   * @throws IllegalStateException for YAML that JSON cannot say, such as an unquoted time
   */
  JsonValue json() {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setMaxAliasesForCollections(MAX_ALIASES);
    return json(new Yaml(new SafeConstructor(options)).load(yaml));
  }

  private static JsonValue json(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      JsonObjectBuilder object = JSON.createObjectBuilder();
      map.forEach((name, member) -> object.add((String) name, json(member)));
      return object.build();
    }
    if (value instanceof Iterable<?> items) {
      JsonArrayBuilder array = JSON.createArrayBuilder();
      items.forEach(item -> array.add(json(item)));
      return array.build();
    }
    if (value instanceof String text) {
      return JSON.createValue(text);
    }
    if (value instanceof Number number) {
      return JSON.createValue(number);
    }
    if (value instanceof Boolean truth) {
      return truth ? JsonValue.TRUE : JsonValue.FALSE;
    }
    if (value == null) {
      return JsonValue.NULL;
    }
    throw new IllegalStateException("JSON cannot say " + value + "; quote it");
  }
}
