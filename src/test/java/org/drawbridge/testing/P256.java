package org.drawbridge.testing;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;

/** Keys on the curve P-256, and their coordinates. */
final class P256 {

  static final int BYTES = 32;

  private P256() {}

  static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** In 32 bytes, big endian. */
  static byte[] coordinate(BigInteger value) {
    byte[] number = value.toByteArray();
    byte[] fixed = new byte[BYTES];
    int length = Math.min(number.length, BYTES);
    System.arraycopy(number, number.length - length, fixed, BYTES - length, length);
    return fixed;
  }
}
