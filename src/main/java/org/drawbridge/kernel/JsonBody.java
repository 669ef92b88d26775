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
    if (isDeep(text)) {
      throw new Malformed("The body is nested more than " + MAX_DEPTH + " levels deep.");
    }
    return parsed(text);
  }

  /** The same, with null in place of what is nested deeper. */
  public static JsonValue parsePruned(byte[] body) {
    String text = text(body);
    return parsed(isDeep(text) ? pruned(text) : text);
  }

  private static JsonValue parsed(String text) {
    if (text.isBlank()) {
      return JsonValue.EMPTY_JSON_OBJECT;
    }
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

  private static boolean isDeep(String text) {
    Nesting nesting = new Nesting();
    for (int i = 0; i < text.length(); i++) {
      if (nesting.after(text.charAt(i)) > MAX_DEPTH) {
        return true;
      }
    }
    return false;
  }

  private static String pruned(String text) {
    StringBuilder kept = new StringBuilder(text.length());
    Nesting nesting = new Nesting();
    int before = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int depth = nesting.after(c);
      if (Math.max(before, depth) <= MAX_DEPTH) {
        kept.append(c);
      } else if (before == MAX_DEPTH) {
        kept.append("null");
      }
      before = depth;
    }
    return kept.toString();
  }

  /** How deep a text is nested, character by character. */
  private static final class Nesting {

    private int depth;
    private boolean isQuoted;
    private boolean isEscaped;

    int after(char c) {
      if (isEscaped) {
        isEscaped = false;
      } else if (isQuoted && c == '\\') {
        isEscaped = true;
      } else if (c == '"') {
        isQuoted = !isQuoted;
      } else if (!isQuoted && (c == '{' || c == '[')) {
        depth++;
      } else if (!isQuoted && (c == '}' || c == ']')) {
        depth--;
      }
      return depth;
    }
  }
}
