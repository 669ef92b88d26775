package org.drawbridge.kernel;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import jakarta.json.stream.JsonParsingException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.NoSuchElementException;
import org.drawbridge.problem.Malformed;

/**
 * Reads JSON (RFC 8259) that a client sent: UTF-8 only, and at most {@value #MAX_DEPTH} levels
 * deep, measured before the parser sees it, because deep nesting overflows a recursive parser's
 * stack.
 */
public final class JsonBody {

  static final int MAX_DEPTH = 64;

  private static final JsonParserFactory PARSERS = Json.createParserFactory(Map.of());

  private JsonBody() {}

  /** Answers {@code {}} for an empty body. */
  public static JsonValue parse(byte[] body) {
    String text = text(body);
    if (text.isBlank()) {
      return JsonValue.EMPTY_JSON_OBJECT;
    }
    requireShallow(text);
    try (JsonParser parser = PARSERS.createParser(new StringReader(text))) {
      parser.next();
      JsonValue value = parser.getValue();
      if (parser.hasNext()) {
        throw new Malformed("The body goes on after its JSON.");
      }
      return value;
    } catch (JsonParsingException e) {
      throw new Malformed(
          "The body is not JSON: see line %d, column %d."
              .formatted(e.getLocation().getLineNumber(), e.getLocation().getColumnNumber()));
    } catch (UnsupportedOperationException | ArithmeticException | NumberFormatException e) {
      // JSON-P reads no number of more than some hundred digits, nor one with a huge exponent.
      throw new Malformed("The body has a number beyond all bounds.");
    } catch (JsonException | IllegalStateException | NoSuchElementException e) {
      throw new Malformed("The body is not JSON.");
    }
  }

  private static String text(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw new Malformed("The body is not UTF-8.");
    }
  }

  private static void requireShallow(String text) {
    int depth = 0;
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted) {
        if (c == '\\') {
          i++;
        } else if (c == '"') {
          quoted = false;
        }
      } else if (c == '"') {
        quoted = true;
      } else if (c == '{' || c == '[') {
        if (++depth > MAX_DEPTH) {
          throw new Malformed("The body is nested more than " + MAX_DEPTH + " levels deep.");
        }
      } else if (c == '}' || c == ']') {
        depth--;
      }
    }
  }
}
