package org.drawbridge.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A bearer secret")
class OwnedSecretTest {

  private final byte[] random =
      "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private final OwnedSecret secret = new OwnedSecret(UUID.randomUUID(), UUID.randomUUID(), random);

  @Test
  @DisplayName("is read as it was written")
  void written() {
    OwnedSecret read = Objects.requireNonNull(OwnedSecret.parse(secret.text()));
    assertThat(read.companyId()).isEqualTo(secret.companyId());
    assertThat(read.id()).isEqualTo(secret.id());
    assertThat(read.hash()).isEqualTo(Vault.sha256(random));
  }

  @Test
  @DisplayName("does not show itself in logs")
  void hidden() {
    assertThat(secret.toString())
        .doesNotContain(Base64.getUrlEncoder().encodeToString(random).substring(0, 8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "no secret!", "AAAA", "é"})
  @DisplayName("is nothing else")
  void none(String text) {
    assertThat(OwnedSecret.parse(text)).isNull();
  }
}
