package org.drawbridge.audit.control;

import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.drawbridge.audit.entity.Activity;
import org.drawbridge.kernel.JsonBody;
import org.drawbridge.kernel.Vault;
import org.drawbridge.problem.Malformed;
import org.erdtman.jcs.JsonCanonicalizer;

/**
 * The hash that chains an entry to the one before: SHA-256 over the canonical form (RFC 8785) of
 * {@code {"entry", "number", "previousHash"}}, with the entry as the activity log answers it. So
 * anybody can compute it from what the API tells.
 */
final class EntryHash {

  private static final JsonProvider JSON = JsonProvider.provider();

  private EntryHash() {}

  /**
   * @param previous of the entry before, in hexadecimal
   * @return 64 hexadecimal digits
   */
  static String of(Activity entry, long number, String previous) {
    String json =
        JSON.createObjectBuilder()
            .add(
                "entry",
                JSON.createObjectBuilder()
                    .add("id", entry.id().toString())
                    .add("occurredDate", entry.occurredAt().toString())
                    .add("type", entry.type())
                    .add("subjectId", entry.subjectId().toString())
                    .add("actor", entry.actor())
                    .add("details", details(entry.details())))
            .add("number", number)
            .add("previousHash", previous)
            .build()
            .toString();
    try {
      byte[] canonical = new JsonCanonicalizer(json).getEncodedUTF8();
      return HexFormat.of().formatHex(Vault.sha256(canonical));
    } catch (IOException e) {
      throw new IllegalStateException("An entry of the activity log is no JSON", e);
    }
  }

  /** What somebody has altered need not be JSON any more; it has another hash then, too. */
  static JsonValue details(String text) {
    try {
      return JsonBody.parse(text.getBytes(StandardCharsets.UTF_8));
    } catch (Malformed e) {
      return JSON.createValue(text);
    }
  }
}
