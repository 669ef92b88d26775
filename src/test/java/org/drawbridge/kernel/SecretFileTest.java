package org.drawbridge.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A secret file")
class SecretFileTest {

  @TempDir Path folder;

  @Test
  @DisplayName("is made once; what it holds then counts")
  void madeOnce() {
    Path file = folder.resolve("secret");
    assertThat(SecretFile.readOrCreate(file, () -> "first")).isEqualTo("first");
    assertThat(SecretFile.readOrCreate(file, () -> "second")).isEqualTo("first");
  }

  @Test
  @DisplayName("can be read and written by its owner alone")
  @DisabledOnOs(OS.WINDOWS)
  void ownerOnly() throws IOException {
    Path file = folder.resolve("secret");
    SecretFile.readOrCreate(file, () -> "x");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  @DisplayName("is not made up where there already is one")
  void existing() throws IOException {
    Path file = Files.writeString(folder.resolve("secret"), "from before\n");
    assertThat(
            SecretFile.readOrCreate(
                file,
                () -> {
                  throw new AssertionError("asked for a secret that is not needed");
                }))
        .isEqualTo("from before");
  }

  @Test
  @DisplayName("that cannot be written names the setting of its folder, and no secret")
  void unwritable() {
    Path file = folder.resolve("missing").resolve("secret");
    assertThatThrownBy(() -> SecretFile.readOrCreate(file, () -> "hush"))
        .isInstanceOf(BadSetting.class)
        .hasMessageStartingWith("DRAWBRIDGE_DATA_DIR: ")
        .hasMessageNotContaining("hush");
  }
}
