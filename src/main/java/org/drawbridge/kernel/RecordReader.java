package org.drawbridge.kernel;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonValue;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.drawbridge.problem.Malformed;
import org.drawbridge.problem.MemberError;

/**
 * Reads a request record and validates it (Jakarta Validation), so that every member that is wrong
 * is named by its JSON Pointer, in one answer. Unknown members are ignored.
 */
@Provider
@Consumes(MediaType.APPLICATION_JSON)
// Not a normal scope: through a client proxy, Jersey cannot see which type the reader is for, and
// would sometimes take JSON-B instead.
@Dependent
public class RecordReader implements MessageBodyReader<Record> {

  @Inject Validator validator;

  @Override
  public boolean isReadable(
      Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
    return type.isRecord();
  }

  @Override
  public Record readFrom(
      Class<Record> type,
      Type genericType,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, String> headers,
      InputStream body)
      throws IOException {
    return read(type, body.readAllBytes());
  }

  /** Reads from bytes; also for an element that a resource takes out of a larger body. */
  public <T extends Record> T read(Class<T> type, byte[] body) {
    return read(type, JsonBody.parse(body));
  }

  /**
   * @throws Malformed naming every member that is missing, mistyped or out of its bounds
   */
  public <T extends Record> T read(Class<T> type, JsonValue json) {
    List<MemberError> errors = new ArrayList<>();
    T bound = RecordBinding.bind(type, json, errors);
    if (!errors.isEmpty() || bound == null) {
      throw new Malformed(errors);
    }
    for (ConstraintViolation<T> violation : validator.validate(bound)) {
      errors.add(
          new MemberError(
              RecordBinding.pointer(type, violation.getPropertyPath()), violation.getMessage()));
    }
    if (!errors.isEmpty()) {
      errors.sort(Comparator.comparing(MemberError::pointer));
      throw new Malformed(errors);
    }
    return bound;
  }
}
