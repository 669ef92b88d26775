package org.drawbridge.kernel;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A bearer secret that says where it is kept: base64url of a company's id, the id of what it is
 * for, and 32 random bytes. The database keeps the SHA-256 of the random bytes alone.
 */
public record OwnedSecret(UUID companyId, UUID id, byte[] secret) {

  private static final int SECRET_BYTES = 32;
  private static final int BYTES = 32 + SECRET_BYTES;

  public static OwnedSecret of(UUID companyId, UUID id, Vault vault) {
    return new OwnedSecret(companyId, id, vault.randomBytes(SECRET_BYTES));
  }

  /** Null for what is no such secret. */
  public static @Nullable OwnedSecret parse(String text) {
    byte[] bytes = decoded(text);
    if (bytes.length != BYTES) {
      return null;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    UUID companyId = Ids.read(buffer);
    UUID id = Ids.read(buffer);
    return new OwnedSecret(companyId, id, Arrays.copyOfRange(bytes, BYTES - SECRET_BYTES, BYTES));
  }

  public String text() {
    byte[] bytes = ByteBuffer.allocate(BYTES).put(Ids.bytes(companyId, id)).put(secret).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  public byte[] hash() {
    return Vault.sha256(secret);
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return companyId + "/" + id;
  }

  private static byte[] decoded(String text) {
    try {
      return Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }
}
