package org.drawbridge.kernel;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/** Vaults with master keys that a test chooses. */
final class TestVault {

  private TestVault() {}

  /** For tests to which it does not matter. */
  static Vault any() {
    return of(key('k'));
  }

  static Vault of(String masterKeys) {
    return new Vault(
        MapConfig.settings(
            Map.of(
                "DRAWBRIDGE_DATA_DIR",
                Path.of("target").toString(),
                "DRAWBRIDGE_MASTER_KEY",
                masterKeys)));
  }

  /** A master key that consists of that character. */
  static String key(char fill) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) fill);
    return Base64.getEncoder().encodeToString(key);
  }
}
