package org.drawbridge.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The vault")
class VaultTest {

  private static final String OLD = TestVault.key('o');
  private static final String NEW = TestVault.key('n');
  private static final byte[] SECRET = "a signing key of thirty-two bytes".getBytes(UTF_8);

  @TempDir Path dataDir;

  private Vault vaultWithGeneratedKey() {
    return new Vault(MapConfig.settings(Map.of("DRAWBRIDGE_DATA_DIR", dataDir.toString())));
  }

  @Test
  @DisplayName("opens what it sealed")
  void roundTrip() {
    Vault vault = TestVault.of(NEW);
    assertThat(vault.open(vault.seal(SECRET, "key of ana"), "key of ana")).isEqualTo(SECRET);
    assertThat(vault.open(vault.seal(new byte[0], "none"), "none")).isEmpty();
  }

  @Test
  @DisplayName("seals the same secret differently each time, and hides it")
  void neverTheSame() {
    Vault vault = TestVault.of(NEW);
    byte[] sealed = vault.seal(SECRET, "x");
    assertThat(sealed).isNotEqualTo(vault.seal(SECRET, "x"));
    assertThat(new String(sealed, UTF_8)).doesNotContain("signing");
  }

  @Test
  @DisplayName("opens nothing of which a single bit was altered")
  void tampering() {
    Vault vault = TestVault.of(NEW);
    byte[] sealed = vault.seal(SECRET, "x");
    for (int i = 0; i < sealed.length; i++) {
      byte[] altered = sealed.clone();
      altered[i] ^= 1;
      assertThatIllegalStateException().as("byte %d", i).isThrownBy(() -> vault.open(altered, "x"));
    }
  }

  @Test
  @DisplayName("opens nothing that was cut off, wherever")
  void cutOff() {
    Vault vault = TestVault.of(NEW);
    byte[] sealed = vault.seal(SECRET, "x");
    for (int length = 0; length < sealed.length; length++) {
      byte[] cut = Arrays.copyOf(sealed, length);
      assertThatIllegalStateException()
          .as("%d bytes", length)
          .isThrownBy(() -> vault.open(cut, "x"));
    }
  }

  @Test
  @DisplayName("does not open a secret that was copied to another place")
  void otherContext() {
    Vault vault = TestVault.of(NEW);
    byte[] sealed = vault.seal(SECRET, "key of ana");
    assertThatIllegalStateException().isThrownBy(() -> vault.open(sealed, "key of ben"));
  }

  @Test
  @DisplayName("still opens, after a rotation, what the old master key sealed")
  void rotation() {
    byte[] sealedBefore = TestVault.of(OLD).seal(SECRET, "x");
    Vault rotated = TestVault.of(NEW + ", " + OLD);
    assertThat(rotated.open(sealedBefore, "x")).isEqualTo(SECRET);
    assertThat(TestVault.of(NEW).open(rotated.seal(SECRET, "x"), "x")).isEqualTo(SECRET);
  }

  @Test
  @DisplayName("opens nothing under a master key that is no longer named, and says so")
  void oldKeyGone() {
    byte[] sealedBefore = TestVault.of(OLD).seal(SECRET, "x");
    Vault without = TestVault.of(NEW);
    assertThatIllegalStateException()
        .isThrownBy(() -> without.open(sealedBefore, "x"))
        .withMessageContaining("DRAWBRIDGE_MASTER_KEY");
  }

  @Test
  @DisplayName("knows a MAC of its own, for its purpose and message alone")
  void mac() {
    Vault vault = TestVault.of(NEW);
    byte[] mac = vault.mac("user token", SECRET);
    assertThat(vault.isMac("user token", SECRET, mac)).isTrue();
    assertThat(vault.isMac("another purpose", SECRET, mac)).isFalse();
    assertThat(vault.isMac("user token", new byte[] {1}, mac)).isFalse();
    assertThat(vault.isMac("user token", SECRET, Arrays.copyOf(mac, 31))).isFalse();
    assertThat(vault.isMac("user token", SECRET, new byte[0])).isFalse();
  }

  @Test
  @DisplayName("still knows, after a rotation, a MAC under the old master key")
  void macRotation() {
    byte[] before = TestVault.of(OLD).mac("user token", SECRET);
    Vault rotated = TestVault.of(NEW + "," + OLD);
    assertThat(rotated.isMac("user token", SECRET, before)).isTrue();
    assertThat(rotated.mac("user token", SECRET))
        .isEqualTo(TestVault.of(NEW).mac("user token", SECRET));
    assertThat(TestVault.of(NEW).isMac("user token", SECRET, before)).isFalse();
  }

  @Test
  @DisplayName("makes itself a master key where none is set, and finds it again")
  void generated() {
    byte[] sealed = vaultWithGeneratedKey().seal(SECRET, "x");
    assertThat(Files.exists(dataDir.resolve("master.key"))).isTrue();
    assertThat(vaultWithGeneratedKey().open(sealed, "x")).isEqualTo(SECRET);
  }

  @ParameterizedTest
  @DisplayName("names the setting of a master key that is none")
  @ValueSource(strings = {"x", "dG9vIHNob3J0", ",", "not base64 at all!", "é"})
  void badMasterKey(String masterKey) {
    assertThatThrownBy(() -> TestVault.of(masterKey))
        .isInstanceOf(BadSetting.class)
        .hasMessageStartingWith("DRAWBRIDGE_MASTER_KEY: ")
        .hasMessageNotContaining("dG9v");
  }

  @Test
  @DisplayName("names the setting where one of several master keys is none")
  void oneBadMasterKey() {
    assertThatThrownBy(() -> TestVault.of(NEW + ",AAAA"))
        .isInstanceOf(BadSetting.class)
        .hasMessageStartingWith("DRAWBRIDGE_MASTER_KEY: ");
  }
}
