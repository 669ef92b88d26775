package org.drawbridge.kernel;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Keeps secrets at rest, by AES-256-GCM (NIST SP 800-38D) under the master key.
 *
 * <p>A sealed secret is {@code master key id (4 bytes) | nonce (12) | ciphertext and tag}. The key
 * id is the beginning of the master key's SHA-256, so that the master key can be rotated: name the
 * new one first and the old one after it in {@code DRAWBRIDGE_MASTER_KEY}; what the old one sealed
 * still opens. The context (whose secret it is) is authenticated, so that a sealed secret copied to
 * another row does not open there.
 */
@ApplicationScoped
public class Vault {

  private static final int KEY_ID = 4;
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  private final SecureRandom random = new SecureRandom();
  private final Map<Integer, byte[]> masterKeys = new LinkedHashMap<>();
  private final int current;

  public Vault() {
    this(Settings.current());
  }

  Vault(Settings settings) {
    String configured =
        settings
            .masterKey()
            .orElseGet(() -> generated(settings.dataDir().resolve("master.key"), random));
    @Nullable Integer first = null;
    for (String encoded : configured.split(",")) {
      byte[] key = decoded(encoded.trim());
      int id = ByteBuffer.wrap(sha256(key)).getInt();
      masterKeys.put(id, key);
      first = first == null ? Integer.valueOf(id) : first;
    }
    if (first == null) {
      throw new BadSetting("DRAWBRIDGE_MASTER_KEY", "must be 32 bytes in base64");
    }
    current = first;
  }

  /** Encrypts under the current master key. */
  public byte[] seal(byte[] secret, String context) {
    byte[] nonce = randomBytes(NONCE);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key(current), nonce, context);
      byte[] sealed = cipher.doFinal(secret);
      return ByteBuffer.allocate(KEY_ID + NONCE + sealed.length)
          .putInt(current)
          .put(nonce)
          .put(sealed)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is not available", e);
    }
  }

  /**
   * Decrypts what {@link #seal} made for the same context.
   *
   * @throws IllegalStateException when no configured master key opens it
   */
  public byte[] open(byte[] sealed, String context) {
    if (sealed.length < KEY_ID + NONCE + TAG_BITS / 8) {
      throw new IllegalStateException("A secret at rest was cut off");
    }
    ByteBuffer buffer = ByteBuffer.wrap(sealed);
    byte[] key = key(buffer.getInt());
    byte[] nonce = new byte[NONCE];
    buffer.get(nonce);
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, nonce, context);
      return cipher.doFinal(sealed, KEY_ID + NONCE, sealed.length - KEY_ID - NONCE);
    } catch (AEADBadTagException e) {
      throw new IllegalStateException("A secret at rest was altered, or belongs elsewhere", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is not available", e);
    }
  }

  /** HMAC-SHA256 under a key that is derived from the current master key for this one purpose. */
  public byte[] mac(String purpose, byte[] message) {
    return hmac(hmac(key(current), purpose.getBytes(StandardCharsets.UTF_8)), message);
  }

  /** Whether some configured master key gives this MAC; compared in constant time. */
  public boolean isMac(String purpose, byte[] message, byte[] candidate) {
    boolean found = false;
    for (byte[] key : masterKeys.values()) {
      byte[] mac = hmac(hmac(key, purpose.getBytes(StandardCharsets.UTF_8)), message);
      found |= MessageDigest.isEqual(mac, candidate);
    }
    return found;
  }

  public byte[] randomBytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  /** A code that people type: so many digits, zeros in front included. */
  public String randomDigits(int count) {
    StringBuilder digits = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      digits.append((char) ('0' + random.nextInt(10)));
    }
    return digits.toString();
  }

  public static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("SHA-256 is not available", e);
    }
  }

  private byte[] key(int id) {
    byte[] key = masterKeys.get(id);
    if (key == null) {
      throw new IllegalStateException(
          "A secret at rest was sealed with a master key that DRAWBRIDGE_MASTER_KEY does not name");
    }
    return key;
  }

  private static Cipher cipher(int mode, byte[] key, byte[] nonce, String context)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  private static byte[] hmac(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA256 is not available", e);
    }
  }

  /** One master key, as {@code DRAWBRIDGE_MASTER_KEY} writes it. */
  static byte[] decoded(String encoded) {
    try {
      byte[] key = Base64.getDecoder().decode(encoded);
      if (key.length == 32) {
        return key;
      }
    } catch (IllegalArgumentException e) {
      // told below
    }
    throw new BadSetting("DRAWBRIDGE_MASTER_KEY", "must be 32 bytes in base64");
  }

  private static String generated(Path file, SecureRandom random) {
    byte[] fresh = new byte[32];
    random.nextBytes(fresh);
    String key = SecretFile.readOrCreate(file, () -> Base64.getEncoder().encodeToString(fresh));
    Arrays.fill(fresh, (byte) 0);
    return key;
  }
}
