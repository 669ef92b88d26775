package org.drawbridge.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.servlet.annotation.WebServlet;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The API description")
class ApiDescriptionTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.drawbridge");

  /** What needs no credential and reads no body has nothing to refuse. */
  private static final Set<String> CANNOT_BE_REFUSED =
      Set.of("getVersion", "health", "live", "ready", "metrics", "openapi");

  private final JsonObject description = ApiDescription.load().json().asJsonObject();

  /** A call that the code answers; its address as a pattern over described addresses. */
  private record Call(String method, String template) {

    boolean isDescribedBy(Operation operation) {
      // {spelling:[Aa]ccount} stands for what its expression matches, {id} for any one segment.
      String pattern =
          template
              .replaceAll("\\{[^{}:]+:([^{}]+)}", "($1)")
              .replaceAll("\\{[^{}]+}", "[^/]+")
              .replace("//", "/");
      return method.equals(operation.method()) && Pattern.matches(pattern, operation.path());
    }
  }

  private record Operation(String method, String path, JsonObject json) {

    String id() {
      return json.getString("operationId", "");
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  @Test
  @DisplayName("holds every call that the code answers")
  void nothingIsMissing() {
    List<Operation> operations = operations();
    assertThat(calls())
        .hasSizeGreaterThan(40)
        .allSatisfy(call -> assertThat(operations).anyMatch(call::isDescribedBy));
  }

  @Test
  @DisplayName("holds no call that the code does not answer")
  void nothingIsMadeUp() {
    List<Call> calls = calls();
    assertThat(operations())
        .allSatisfy(operation -> assertThat(calls).anyMatch(call -> call.isDescribedBy(operation)));
  }

  @Test
  @DisplayName("gives every call an id of its own, a summary and a tag")
  void everyCallIsNamed() {
    assertThat(operations())
        .allSatisfy(
            operation -> {
              assertThat(operation.id()).isNotEmpty();
              assertThat(operation.json().getString("summary")).isNotEmpty();
              assertThat(operation.json().getJsonArray("tags")).hasSize(1);
            })
        .extracting(Operation::id)
        .doesNotHaveDuplicates();
  }

  @Test
  @DisplayName("gives an example of every parameter, every request body and every answer")
  void everyCallHasExamples() {
    assertThat(operations())
        .allSatisfy(
            operation -> assertThat(exampled(operation)).isNotEmpty().allMatch(this::hasExample));
  }

  @Test
  @DisplayName("says how each call is refused")
  void everyCallHasProblems() {
    assertThat(operations())
        .filteredOn(operation -> !CANNOT_BE_REFUSED.contains(operation.id()))
        .allSatisfy(
            operation ->
                assertThat(operation.json().getJsonObject("responses").values())
                    .anyMatch(
                        answer -> content(resolved(answer)).containsKey(refusalType(operation))));
  }

  /** The challenge API has errors of its own. */
  private static String refusalType(Operation operation) {
    return operation.path().startsWith("/authsignal/")
        ? "application/json"
        : "application/problem+json";
  }

  @Test
  @DisplayName("names every parameter that an address holds")
  void addressesHaveTheirParameters() {
    assertThat(operations())
        .allSatisfy(
            operation ->
                assertThat(
                        parameters(operation)
                            .filter(p -> p.getString("in").equals("path"))
                            .map(p -> "{" + p.getString("name") + "}"))
                    .containsExactlyInAnyOrderElementsOf(
                        Pattern.compile("\\{[^}]+}")
                            .matcher(operation.path())
                            .results()
                            .map(found -> found.group())
                            .toList()));
  }

  @Test
  @DisplayName("refers to nothing that it does not hold, and holds nothing that is not referred to")
  void referencesLeadSomewhere() {
    Set<String> referred = new HashSet<>();
    collectReferences(description, referred);
    Set<String> held = new HashSet<>();
    JsonObject components = description.getJsonObject("components");
    for (String kind : List.of("parameters", "requestBodies", "responses", "schemas")) {
      for (String name : components.getJsonObject(kind).keySet()) {
        held.add("#/components/" + kind + "/" + name);
      }
    }
    assertThat(referred).isEqualTo(held);
  }

  private List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    description
        .getJsonObject("paths")
        .forEach(
            (path, item) ->
                item.asJsonObject()
                    .forEach(
                        (member, value) -> {
                          if (!member.equals("parameters")) {
                            operations.add(
                                new Operation(
                                    member.toUpperCase(Locale.ROOT), path, value.asJsonObject()));
                          }
                        }));
    return operations;
  }

  private static List<Call> calls() {
    List<Call> calls = new ArrayList<>();
    for (JavaClass type : CLASSES) {
      if (type.isAnnotatedWith(ApplicationPath.class)) {
        calls.addAll(callsOf(type.reflect()));
      }
      if (type.isAnnotatedWith(WebServlet.class)
          && type.getPackageName().equals("org.drawbridge.operation")) {
        for (String address : type.getAnnotationOfType(WebServlet.class).value()) {
          if (!address.endsWith("*")) {
            calls.add(new Call("GET", address));
          }
        }
      }
    }
    return calls;
  }

  private static List<Call> callsOf(Class<?> application) {
    String root = "/" + application.getAnnotation(ApplicationPath.class).value();
    List<Call> calls = new ArrayList<>();
    for (Class<?> resource : instance(application).getClasses()) {
      if (!resource.isAnnotationPresent(Path.class)) {
        continue;
      }
      for (Method method : resource.getDeclaredMethods()) {
        for (Annotation annotation : method.getAnnotations()) {
          HttpMethod http = annotation.annotationType().getAnnotation(HttpMethod.class);
          if (http != null) {
            Path path = method.getAnnotation(Path.class);
            String address =
                Stream.of(
                        root,
                        resource.getAnnotation(Path.class).value(),
                        path == null ? "" : path.value())
                    .filter(part -> !part.isEmpty())
                    .reduce((a, b) -> a + "/" + b)
                    .orElseThrow();
            calls.add(new Call(http.value(), address));
          }
        }
      }
    }
    return calls;
  }

  private static Application instance(Class<?> application) {
    try {
      return (Application) application.getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What must have an example: parameters, the contents of the body and those of answers. */
  private List<JsonObject> exampled(Operation operation) {
    List<JsonObject> exampled = new ArrayList<>(parameters(operation).toList());
    List<JsonValue> bodies = new ArrayList<>(operation.json().getJsonObject("responses").values());
    if (operation.json().containsKey("requestBody")) {
      bodies.add(operation.json().get("requestBody"));
    }
    for (JsonValue body : bodies) {
      content(resolved(body)).values().forEach(c -> exampled.add(c.asJsonObject()));
    }
    return exampled;
  }

  private Stream<JsonObject> parameters(Operation operation) {
    JsonObject item = description.getJsonObject("paths").getJsonObject(operation.path());
    return Stream.of(item, operation.json())
        .map(holder -> holder.getOrDefault("parameters", JsonValue.EMPTY_JSON_ARRAY))
        .flatMap(list -> list.asJsonArray().stream())
        .map(this::resolved);
  }

  private boolean hasExample(JsonObject holder) {
    return holder.containsKey("example")
        || (holder.containsKey("examples") && !holder.getJsonObject("examples").isEmpty());
  }

  private static JsonObject content(JsonObject body) {
    return body.getOrDefault("content", JsonValue.EMPTY_JSON_OBJECT).asJsonObject();
  }

  private JsonObject resolved(JsonValue value) {
    JsonObject object = value.asJsonObject();
    if (!object.containsKey("$ref")) {
      return object;
    }
    JsonObject found = description;
    for (String step : Arrays.stream(object.getString("$ref").split("/")).skip(1).toList()) {
      found = found.getJsonObject(step);
    }
    return found;
  }

  private static void collectReferences(JsonValue value, Set<String> references) {
    if (value instanceof JsonObject object) {
      for (Map.Entry<String, JsonValue> member : object.entrySet()) {
        if (member.getKey().equals("$ref")) {
          references.add(((JsonString) member.getValue()).getString());
        } else {
          collectReferences(member.getValue(), references);
        }
      }
    } else if (value instanceof JsonArray array) {
      array.forEach(item -> collectReferences(item, references));
    }
  }
}
