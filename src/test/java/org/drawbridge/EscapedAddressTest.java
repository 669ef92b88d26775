package org.drawbridge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An address")
class EscapedAddressTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "/a/b%7Cc", "/a=1/b+c", "/-._~!$&'()*,:@"})
  @DisplayName("that RFC 3986 allows stays as it is")
  void legal(String path) {
    assertThat(EscapedAddress.escapedPath(path)).isSameAs(path);
    assertThat(EscapedAddress.escapedQuery("c=d&e=f+g;h?")).isEqualTo("c=d&e=f+g;h?");
  }

  @ParameterizedTest
  @CsvSource({
    "/auth0|5f7c, /auth0%7C5f7c",
    "/a\"b<c>d\\e^f`g{h}i, /a%22b%3Cc%3Ed%5Ce%5Ef%60g%7Bh%7Di",
    "/[a], /%5Ba%5D"
  })
  @DisplayName("has each character that RFC 3986 forbids in it percent-encoded")
  void illegal(String address, String escaped) {
    assertThat(EscapedAddress.escapedPath(address)).isEqualTo(escaped);
    assertThat(EscapedAddress.escapedQuery(address)).isEqualTo(escaped);
  }

  @Test
  @DisplayName("has no matrix parameters in its path")
  void semicolon() {
    assertThat(EscapedAddress.escapedPath("/auth0|ana;x=1/a")).isEqualTo("/auth0%7Cana%3Bx=1/a");
  }

  @Test
  @DisplayName("keeps the bytes that a client left unescaped")
  void bytes() {
    assertThat(EscapedAddress.escapedPath("/\u00c3\u00a9")).isEqualTo("/%C3%A9");
  }

  @Test
  @DisplayName("that the server decoded already is encoded as UTF-8")
  void decoded() {
    assertThat(EscapedAddress.escapedPath("/\u20ac")).isEqualTo("/%E2%82%AC");
  }
}
