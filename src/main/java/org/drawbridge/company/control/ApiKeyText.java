package org.drawbridge.company.control;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;
import org.drawbridge.kernel.Ids;

/**
 * The text of an API key: base64 of the company's id, the key's id and 34 random bytes, so that it
 * can be found without searching and needs no padding.
 */
final class ApiKeyText {

  static final int SECRET_BYTES = 34;
  static final int BYTES = 32 + SECRET_BYTES;
  static final int LENGTH = BYTES / 3 * 4;

  private ApiKeyText() {}

  static String of(UUID companyId, UUID id, byte[] secret) {
    byte[] bytes = ByteBuffer.allocate(BYTES).put(Ids.bytes(companyId, id)).put(secret).array();
    return Base64.getEncoder().encodeToString(bytes);
  }
}
