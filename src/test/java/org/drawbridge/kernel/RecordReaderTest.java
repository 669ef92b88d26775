package org.drawbridge.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.validation.Valid;
import jakarta.validation.Validation;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.drawbridge.problem.Malformed;
import org.drawbridge.problem.MemberError;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A request record")
class RecordReaderTest {

  private static final RecordReader READER = new RecordReader();

  private enum Colour {
    RED,
    GREEN
  }

  private record Everything(
      @Nullable String text,
      @Nullable Boolean flag,
      @Nullable Integer number,
      @Nullable UUID id,
      @Nullable Instant time,
      @Nullable Colour colour,
      @Nullable JsonObject object,
      @Nullable JsonArray array,
      @Nullable JsonValue any,
      @Nullable List<String> texts,
      @JsonbProperty("first_name") @Nullable String firstName) {}

  private record Inner(@NotBlank String name, @JsonbProperty("a/b~c") @Max(3) Integer odd) {}

  private record Outer(
      @NotNull @Valid Inner inner,
      @Nullable @Valid List<Inner> inners,
      @Nullable @Size(max = 2) String text) {}

  private record Patch(Change<String> name, Change<Integer> minutes, Change<List<UUID>> ids) {}

  @BeforeAll
  @SuppressWarnings("UnnecessaryAssignment") // there is no container here
  static void validator() {
    READER.validator = Validation.buildDefaultValidatorFactory().getValidator();
  }

  private static <T extends Record> T read(Class<T> type, String json) {
    return READER.read(type, json.replace('\'', '"').getBytes(UTF_8));
  }

  private static Map<String, String> errors(Class<? extends Record> type, String json) {
    Malformed malformed = catchThrowableOfType(Malformed.class, () -> read(type, json));
    assertThat(malformed).as(json).isNotNull();
    return malformed.errors().stream()
        .collect(Collectors.toMap(MemberError::pointer, MemberError::detail));
  }

  @Nested
  @DisplayName("takes from JSON")
  class Types {

    @Test
    @DisplayName("every type that requests use")
    void everything() {
      Everything all =
          read(
              Everything.class,
              """
              {'text': 'añ', 'flag': true, 'number': -7,
               'id': '0195f2c0-0000-7000-8000-000000000001', 'time': '2026-03-01T09:00:00+01:00',
               'colour': 'GREEN', 'object': {'a': 1}, 'array': [1], 'any': 'x',
               'texts': ['a', 'b'], 'first_name': 'Ana', 'unheardOf': {}}
              """);
      assertThat(all.text()).isEqualTo("añ");
      assertThat(all.flag()).isTrue();
      assertThat(all.number()).isEqualTo(-7);
      assertThat(all.id()).hasToString("0195f2c0-0000-7000-8000-000000000001");
      assertThat(all.time()).isEqualTo(Instant.parse("2026-03-01T08:00:00Z"));
      assertThat(all.colour()).isEqualTo(Colour.GREEN);
      assertThat(all.object()).hasToString("{\"a\":1}");
      assertThat(all.array()).hasToString("[1]");
      assertThat(all.any()).hasToString("\"x\"");
      assertThat(all.texts()).containsExactly("a", "b");
      assertThat(all.firstName()).isEqualTo("Ana");
    }

    @ParameterizedTest
    @DisplayName("nothing where nothing, or null, is sent")
    @ValueSource(strings = {"", "{}", "{'text':null,'number':null,'texts':null,'any':null}"})
    void nothing(String json) {
      assertThat(read(Everything.class, json))
          .isEqualTo(
              new Everything(null, null, null, null, null, null, null, null, null, null, null));
    }

    @ParameterizedTest
    @DisplayName("no value of another type, and names the member")
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        value = {
          "text | 1",
          "text | true",
          "text | ['a']",
          "text | {}",
          "text | 'a\\u0000'",
          "text | '\\ud800'",
          "flag | 'true'",
          "flag | 1",
          "number | '1'",
          "number | 1.5",
          "number | 2147483648",
          "number | 1e10",
          "number | 1e999999999",
          "number | 1e-999999999",
          "number | true",
          "id | 'x'",
          "id | 1",
          "id | '0195f2c000007000800000000000000001'",
          "id | 'zzzzzzzz-0000-7000-8000-000000000001'",
          "id | '{0195f2c0-0000-7000-8000-00000000000}'",
          "time | '2026-03-01'",
          "time | '2026-03-01T08:00:00'",
          "time | '2026-02-30T08:00:00Z'",
          "time | 1772352000",
          "colour | 'green'",
          "colour | 'BLUE'",
          "colour | 1",
          "object | []",
          "object | 'x'",
          "array | {}",
          "texts | 'a'",
          "texts | {}",
          "first_name | 1"
        })
    void wrongType(String member, String value) {
      assertThat(errors(Everything.class, "{'" + member + "':" + value + "}"))
          .containsOnlyKeys("/" + member);
    }

    @ParameterizedTest
    @DisplayName("nothing but an object")
    @ValueSource(strings = {"[]", "1", "'x'", "null", "[{}]"})
    void noObject(String json) {
      assertThat(errors(Everything.class, json)).containsEntry("", "must be a JSON object");
    }

    @Test
    @DisplayName("a whole number however it is written")
    void wholeNumbers() {
      assertThat(read(Everything.class, "{'number':1.0}").number()).isEqualTo(1);
      assertThat(read(Everything.class, "{'number':12e2}").number()).isEqualTo(1200);
    }
  }

  @Nested
  @DisplayName("that is wrong")
  class Wrong {

    @Test
    @DisplayName("is told with all its mistyped members at once, with the values they may have")
    void severalAtOnce() {
      assertThat(
              errors(
                  Everything.class,
                  "{'flag':1,'colour':'x','texts':[1,'b',null],'first_name':[],'id':''}"))
          .isEqualTo(
              Map.of(
                  "/flag", "must be true or false",
                  "/colour", "must be one of RED, GREEN",
                  "/texts/0", "must be a text",
                  "/texts/2", "must not be null",
                  "/first_name", "must be a text",
                  "/id", "must be an id (UUID)"));
    }

    @Test
    @DisplayName("is told with all the members that break a bound, deep inside too")
    void bounds() {
      assertThat(
              errors(
                  Outer.class,
                  """
                  {'inner': {'name': ' ', 'a/b~c': 4}, 'text': 'abc',
                   'inners': [{'name': 'ok'}, {'name': '', 'a/b~c': 9}]}
                  """))
          .containsOnlyKeys(
              "/inner/name", "/inner/a~1b~0c", "/text", "/inners/1/name", "/inners/1/a~1b~0c");
    }

    @Test
    @DisplayName("is told with the member that is missing")
    void missing() {
      assertThat(errors(Outer.class, "{}")).containsOnlyKeys("/inner");
    }

    @Test
    @DisplayName("is told with the place of a mistyped member deep inside, escaped")
    void deep() {
      assertThat(errors(Outer.class, "{'inner':{'a/b~c':'x'},'inners':[{},{'name':1},3]}"))
          .containsOnlyKeys("/inner/a~1b~0c", "/inners/1/name", "/inners/2");
    }

    @Test
    @DisplayName("lists what is wrong in the order of the pointers")
    void sorted() {
      Malformed malformed =
          catchThrowableOfType(
              Malformed.class,
              () -> read(Outer.class, "{'text':'abc','inner':{'name':'','a/b~c':4}}"));
      assertThat(malformed.errors())
          .extracting(MemberError::pointer)
          .containsExactly("/inner/a~1b~0c", "/inner/name", "/text");
    }
  }

  @Nested
  @DisplayName("that patches")
  class Patching {

    @Test
    @DisplayName("tells absent from null from set")
    void threeStates() {
      Patch patch = read(Patch.class, "{'name':null,'minutes':5}");
      assertThat(patch.name().isPresent()).isTrue();
      assertThat(patch.name().isCleared()).isTrue();
      assertThat(patch.name().value()).isNull();
      assertThat(patch.minutes().isPresent()).isTrue();
      assertThat(patch.minutes().isCleared()).isFalse();
      assertThat(patch.minutes().value()).isEqualTo(5);
      assertThat(patch.ids().isPresent()).isFalse();
      assertThat(patch.ids().isCleared()).isFalse();
    }

    @Test
    @DisplayName("uses what is set, and passes over what is absent or cleared")
    void ifSet() {
      Patch patch = read(Patch.class, "{'name':null,'minutes':5}");
      StringBuilder used = new StringBuilder();
      patch.name().ifSet(used::append);
      patch.minutes().ifSet(used::append);
      patch.ids().ifSet(used::append);
      assertThat(used).hasToString("5");
    }

    @Test
    @DisplayName("names what is mistyped, inside lists too")
    void mistyped() {
      assertThat(errors(Patch.class, "{'name':1,'minutes':'5','ids':['x']}"))
          .containsOnlyKeys("/name", "/minutes", "/ids/0");
    }
  }
}
