package org.drawbridge.credential.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.drawbridge.kernel.BadSetting;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The file with FIDO metadata")
class AttestationRootsTest {

  private static final String PAYLOAD =
      "{\"legalHeader\":\"\",\"no\":1,\"nextUpdate\":\"2030-01-01\",\"entries\":[]}";

  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("blob"), text);
  }

  @Test
  @DisplayName("is the BLOB as it is published, or its payload alone")
  void forms() throws IOException {
    assertThat(AttestationRoots.read(file(PAYLOAD))).isNotNull();
    String part =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(PAYLOAD.getBytes(StandardCharsets.UTF_8));
    assertThat(AttestationRoots.read(file("e30." + part + ".AAAA\n"))).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hello", "a.b.c", "{\"entries\":1}", "[]"})
  @DisplayName("is refused by the setting's name where it is anything else")
  void refused(String text) throws IOException {
    Path file = file(text);
    assertThatThrownBy(() -> AttestationRoots.read(file))
        .isInstanceOf(BadSetting.class)
        .hasMessageContaining("DRAWBRIDGE_FIDO_METADATA");
  }
}
