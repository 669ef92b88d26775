package org.drawbridge.kernel;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.validation.Path;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.drawbridge.problem.MemberError;
import org.jspecify.annotations.Nullable;

/**
 * Binds JSON to records, collecting what does not fit. JSON-B would stop at the first mistyped
 * member and could not say where it stands.
 */
final class RecordBinding {

  private RecordBinding() {}

  /** Answers null, with at least one error added, where the value is no object at all. */
  static <T extends Record> @Nullable T bind(
      Class<T> type, JsonValue json, List<MemberError> errors) {
    return type.cast(bindRecord(type, json, "", errors));
  }

  /** The JSON Pointer of a violated property: Java names become member names. */
  static String pointer(Class<?> type, Path path) {
    StringBuilder pointer = new StringBuilder();
    Class<?> owner = type;
    for (Path.Node node : path) {
      if (node.getIndex() != null) {
        pointer.append('/').append(node.getIndex());
      }
      String name = node.getName();
      if (name == null || name.startsWith("<")) {
        continue;
      }
      for (RecordComponent component : componentsOf(owner)) {
        if (component.getName().equals(name)) {
          pointer.append(MemberError.at(memberName(owner, component), "").pointer());
          owner = holding(component.getGenericType());
          break;
        }
      }
    }
    return pointer.toString();
  }

  /** What a path goes on in: the type itself, or the elements of a list. */
  private static Class<?> holding(Type type) {
    Type held =
        type instanceof ParameterizedType generic ? generic.getActualTypeArguments()[0] : type;
    return held instanceof Class<?> plain ? plain : Object.class;
  }

  private static RecordComponent[] componentsOf(Class<?> type) {
    return type.isRecord() ? type.getRecordComponents() : new RecordComponent[0];
  }

  private static String memberName(Class<?> owner, RecordComponent component) {
    try {
      JsonbProperty property =
          owner.getDeclaredField(component.getName()).getAnnotation(JsonbProperty.class);
      return property == null || property.value().isEmpty()
          ? component.getName()
          : property.value();
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(e);
    }
  }

  private static @Nullable Object bindRecord(
      Class<?> type, JsonValue json, String pointer, List<MemberError> errors) {
    if (!(json instanceof JsonObject object)) {
      errors.add(new MemberError(pointer, "must be a JSON object"));
      return null;
    }
    RecordComponent[] components = type.getRecordComponents();
    @Nullable Object[] values = new @Nullable Object[components.length];
    int before = errors.size();
    for (int i = 0; i < components.length; i++) {
      String name = memberName(type, components[i]);
      String at = pointer + MemberError.at(name, "").pointer();
      values[i] = bindValue(components[i].getGenericType(), object.get(name), at, errors);
    }
    return errors.size() > before ? null : construct(type, components, values);
  }

  private static Object construct(
      Class<?> type, RecordComponent[] components, @Nullable Object[] values) {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("A request record must not refuse its members", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static @Nullable Object bindValue(
      Type type, @Nullable JsonValue json, String pointer, List<MemberError> errors) {
    if (type instanceof ParameterizedType generic) {
      Type argument = generic.getActualTypeArguments()[0];
      if (generic.getRawType() == Change.class) {
        return bindChange(argument, json, pointer, errors);
      }
      if (json == null || json == JsonValue.NULL) {
        return null;
      }
      return bindList(argument, json, pointer, errors);
    }
    if (json == null || json == JsonValue.NULL) {
      return null;
    }
    Class<?> wanted = (Class<?>) type;
    if (wanted.isRecord()) {
      return bindRecord(wanted, json, pointer, errors);
    }
    Object value = JsonValue.class.isAssignableFrom(wanted) ? json : scalar(wanted, json);
    if (!wanted.isInstance(value)) {
      errors.add(new MemberError(pointer, "must be " + described(wanted)));
      return null;
    }
    return value;
  }

  private static Change<?> bindChange(
      Type type, @Nullable JsonValue json, String pointer, List<MemberError> errors) {
    if (json == null) {
      return Change.absent();
    }
    Object value = bindValue(type, json, pointer, errors);
    return value == null ? Change.cleared() : Change.to(value);
  }

  private static @Nullable List<Object> bindList(
      Type element, JsonValue json, String pointer, List<MemberError> errors) {
    if (!(json instanceof JsonArray array)) {
      errors.add(new MemberError(pointer, "must be an array"));
      return null;
    }
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      String at = pointer + "/" + i;
      if (array.get(i) == JsonValue.NULL) {
        errors.add(new MemberError(at, "must not be null"));
        continue;
      }
      Object value = bindValue(element, array.get(i), at, errors);
      if (value != null) {
        values.add(value);
      }
    }
    return values;
  }

  /** Null where the JSON value cannot be of that type. */
  private static @Nullable Object scalar(Class<?> wanted, JsonValue json) {
    if (wanted == Boolean.class) {
      return json == JsonValue.TRUE ? Boolean.TRUE : json == JsonValue.FALSE ? Boolean.FALSE : null;
    }
    if (wanted == Integer.class) {
      return json instanceof JsonNumber number ? integer(number) : null;
    }
    if (!(json instanceof JsonString string) || !Storable.isStorable(string.getString())) {
      return null;
    }
    String text = string.getString();
    try {
      if (wanted == String.class) {
        return text;
      }
      if (wanted == UUID.class) {
        return text.length() == 36 ? UUID.fromString(text) : null;
      }
      if (wanted == Instant.class) {
        return OffsetDateTime.parse(text).toInstant();
      }
      if (wanted.isEnum()) {
        return Arrays.stream(wanted.getEnumConstants())
            .filter(constant -> ((Enum<?>) constant).name().equals(text))
            .findFirst()
            .orElse(null);
      }
    } catch (IllegalArgumentException | DateTimeParseException e) {
      return null;
    }
    throw new IllegalStateException("No binding for " + wanted);
  }

  private static @Nullable Integer integer(JsonNumber number) {
    try {
      return number.bigDecimalValue().scale() > 64 ? null : number.intValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      return null;
    }
  }

  private static String described(Class<?> wanted) {
    if (wanted == Boolean.class) {
      return "true or false";
    }
    if (wanted == Integer.class) {
      return "a whole number";
    }
    if (wanted == UUID.class) {
      return "an id (UUID)";
    }
    if (wanted == Instant.class) {
      return "an ISO-8601 time such as 2026-03-01T08:00:00Z";
    }
    if (wanted.isEnum()) {
      return Arrays.stream(wanted.getEnumConstants())
          .map(constant -> ((Enum<?>) constant).name())
          .collect(Collectors.joining(", ", "one of ", ""));
    }
    if (wanted == JsonArray.class) {
      return "an array";
    }
    return wanted == String.class ? "a text" : "a JSON object";
  }
}
