package org.drawbridge.access;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JWS in compact serialization (RFC 7515 section 3.1), read more strictly than the RFC asks,
 * before any library sees it: exactly three parts; canonical base64url (RFC 4648 section 5) without
 * padding, stray characters or stray bits; header and payload at most {@value #MAX_PART} characters
 * each and JSON objects without duplicate members; {@code alg} HS256; no {@code crit}; nothing
 * nested.
 *
 * @param compact the token as it was sent
 * @param claims the payload, not yet to be believed: the signature is checked elsewhere
 */
record CompactJws(String compact, JsonObject claims) {

  static final int MAX_PART = 8 * 1024;

  private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());
  private static final JsonParserFactory PARSERS = Json.createParserFactory(Map.of());

  private static final int SIGNATURE_BYTES = 32;
  private static final int MAX_DEPTH = 16;

  /** Empty where the text is anything but such a token. */
  static Optional<CompactJws> parse(String text) {
    int first = text.indexOf('.');
    int second = text.indexOf('.', first + 1);
    if (first <= 0 || second <= first + 1 || text.indexOf('.', second + 1) >= 0) {
      return Optional.empty();
    }
    if (first > MAX_PART || second - first - 1 > MAX_PART || text.length() - second > 64) {
      return Optional.empty();
    }
    try {
      byte[] signature = decoded(text.substring(second + 1));
      JsonObject header = object(text.substring(0, first));
      if (signature.length != SIGNATURE_BYTES || !isPlainHs256(header)) {
        return Optional.empty();
      }
      return Optional.of(new CompactJws(text, object(text.substring(first + 1, second))));
    } catch (IllegalArgumentException
        | JsonException
        | CharacterCodingException
        | ArithmeticException
        | UnsupportedOperationException e) {
      // The last two, and the first too: a number that is more than the parser takes.
      return Optional.empty();
    }
  }

  /** What the signature is over (RFC 7515 section 5.1). */
  byte[] signingInput() {
    return compact.substring(0, compact.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII);
  }

  /** In base64url, canonical, of {@value #SIGNATURE_BYTES} bytes. */
  String signature() {
    return compact.substring(compact.lastIndexOf('.') + 1);
  }

  private static boolean isPlainHs256(JsonObject header) {
    if (!"HS256".equals(text(header.get("alg"))) || header.containsKey("crit")) {
      return false;
    }
    // RFC 7519 section 5.2: cty "JWT" announces a nested JWT. RFC 7797: b64 changes the input.
    return !header.containsKey("cty") && !header.containsKey("b64") && !header.containsKey("zip");
  }

  private static String text(@Nullable JsonValue value) {
    return value instanceof JsonString string ? string.getString() : "";
  }

  private static byte[] decoded(String part) {
    byte[] bytes = Base64.getUrlDecoder().decode(part);
    // The decoder forgives padding and stray bits in the last character; canonical text does not.
    if (!Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part)) {
      throw new IllegalArgumentException("not canonical");
    }
    return bytes;
  }

  private static JsonObject object(String part) throws CharacterCodingException {
    String json =
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(decoded(part))).toString();
    requireUnambiguous(json);
    try (JsonReader reader = READERS.createReader(new StringReader(json))) {
      return reader.readObject();
    }
  }

  /**
   * Walks through the whole text: nothing may follow the object, no member may stand twice in one
   * object (RFC 8259 section 4 leaves open which would count), and nothing is nested deep.
   */
  private static void requireUnambiguous(String json) {
    Deque<Set<String>> open = new ArrayDeque<>();
    try (JsonParser parser = PARSERS.createParser(new StringReader(json))) {
      while (parser.hasNext()) {
        switch (parser.next()) {
          case START_OBJECT, START_ARRAY -> open.push(new HashSet<>());
          case END_OBJECT, END_ARRAY -> open.pop();
          case KEY_NAME -> {
            if (!open.element().add(parser.getString())) {
              throw new JsonException("duplicate member");
            }
          }
          default -> {}
        }
        if (open.size() > MAX_DEPTH) {
          throw new JsonException("nested too deep");
        }
      }
    } catch (NoSuchElementException e) {
      throw new JsonException("no JSON", e);
    }
  }
}
