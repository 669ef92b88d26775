package org.drawbridge.kernel;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Identifiers: UUID version 7 (RFC 9562 section 5.7), so that indexes grow at one end. */
public final class Ids {

  /** Length of an id in bytes. */
  public static final int BYTES = 16;

  private Ids() {}

  /** Not a secret: unique, ordered by the millisecond, and otherwise random. */
  public static UUID next(Instant now) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long high = (now.toEpochMilli() << 16) | 0x7000L | (random.nextLong() & 0x0fffL);
    long low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  /** No id made at that time or later comes before it. */
  public static UUID first(Instant time) {
    return new UUID(Math.max(0, time.toEpochMilli()) << 16, 0);
  }

  /** The ids as {@value #BYTES} bytes each, one after the other. */
  public static byte[] bytes(UUID... ids) {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES * ids.length);
    for (UUID id : ids) {
      bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }
    return bytes.array();
  }

  /** Reads the next of what {@link #bytes} wrote. */
  public static UUID read(ByteBuffer bytes) {
    return new UUID(bytes.getLong(), bytes.getLong());
  }

  /** The id as 32 letters a–p, for bodies that must not hold certain digits in a row. */
  public static String letters(UUID id) {
    char[] letters = new char[32];
    for (int i = 0; i < 16; i++) {
      letters[i] = (char) ('a' + ((id.getMostSignificantBits() >>> (60 - 4 * i)) & 0xf));
      letters[16 + i] = (char) ('a' + ((id.getLeastSignificantBits() >>> (60 - 4 * i)) & 0xf));
    }
    return new String(letters);
  }

  /** Reads what {@link #letters} wrote; null for anything else. */
  public static @Nullable UUID ofLetters(String letters) {
    if (letters.length() != 32) {
      return null;
    }
    long high = 0;
    long low = 0;
    for (int i = 0; i < 32; i++) {
      int nibble = letters.charAt(i) - 'a';
      if (nibble < 0 || nibble > 15) {
        return null;
      }
      if (i < 16) {
        high = high << 4 | nibble;
      } else {
        low = low << 4 | nibble;
      }
    }
    return new UUID(high, low);
  }
}
