package org.drawbridge.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The settings")
class SettingsTest {

  @TempDir Path dataDir;

  private Settings with(String name, String value) {
    return MapConfig.settings(Map.of("DRAWBRIDGE_DATA_DIR", dataDir.toString()), name, value);
  }

  @Test
  @DisplayName("have a default for everything")
  void defaults() {
    Settings settings = with("unheard.of", "x");
    assertThat(settings.dataDir()).isEqualTo(dataDir);
    assertThat(settings.databaseUrl()).isEmpty();
    assertThat(settings.databaseUser()).isNull();
    assertThat(settings.databasePassword()).isNull();
    assertThat(settings.masterKey()).isEmpty();
    assertThat(settings.bootstrapToken()).isEmpty();
    assertThat(settings.publicUrl()).isEqualTo(URI.create("http://localhost:8080"));
    assertThat(settings.audiences()).containsExactly("localhost");
    assertThat(settings.checkTokenLifetime()).isEqualTo(Duration.ofHours(1));
    assertThat(settings.enablementTokenLifetime()).isEqualTo(Duration.ofDays(366));
    assertThat(settings.checkTimeBudget()).isEqualTo(Duration.ofSeconds(2));
    assertThat(settings.dnsServer()).isEmpty();
    assertThat(settings.smtpUrl()).isEmpty();
    assertThat(settings.smsUrl()).isEmpty();
    assertThat(settings.mailFrom()).isEqualTo("drawbridge@localhost");
  }

  @Test
  @DisplayName("are read under the name of the environment variable and under its dotted form")
  void names() {
    assertThat(with("DRAWBRIDGE_CHECK_TIME_BUDGET", "PT1.5S").checkTimeBudget())
        .isEqualTo(Duration.ofMillis(1500));
    assertThat(with("drawbridge.check.time.budget", "PT1.5S").checkTimeBudget())
        .isEqualTo(Duration.ofMillis(1500));
  }

  @ParameterizedTest
  @DisplayName("take the public address as browsers write its origin")
  @CsvSource({
    "https://Login.Example.COM, https://login.example.com",
    "https://login.example.com:443/, https://login.example.com",
    "HTTP://localhost:80, http://localhost",
    "http://localhost:8443/, http://localhost:8443",
    "https://[2001:DB8::1]:443, https://[2001:db8::1]"
  })
  void publicOrigin(String given, String origin) {
    assertThat(with("DRAWBRIDGE_PUBLIC_URL", given).publicUrl()).isEqualTo(URI.create(origin));
    assertThat(with("DRAWBRIDGE_PUBLIC_URL", given).publicUrl().toString()).isEqualTo(origin);
  }

  @Test
  @DisplayName("that are blank count as not set")
  void blank() {
    assertThat(with("DRAWBRIDGE_DB_URL", "  ").databaseUrl()).isEmpty();
  }

  @ParameterizedTest
  @DisplayName("that cannot be used are named")
  @CsvSource({
    "DRAWBRIDGE_DB_URL, jdbc:mysql://db/x",
    "DRAWBRIDGE_DB_URL, postgresql://db/x",
    "DRAWBRIDGE_BOOTSTRAP_TOKEN, tooshort",
    "DRAWBRIDGE_BOOTSTRAP_TOKEN, with a space in it",
    "DRAWBRIDGE_BOOTSTRAP_TOKEN, sixteen-and-an-é",
    "DRAWBRIDGE_PUBLIC_URL, login.example.com",
    "DRAWBRIDGE_PUBLIC_URL, ftp://login.example.com",
    "DRAWBRIDGE_PUBLIC_URL, https://",
    "DRAWBRIDGE_PUBLIC_URL, https:login.example.com",
    "DRAWBRIDGE_PUBLIC_URL, https://login.example.com/app",
    "DRAWBRIDGE_PUBLIC_URL, https://login.example.com?x",
    "DRAWBRIDGE_PUBLIC_URL, https://login.example.com#x",
    "DRAWBRIDGE_PUBLIC_URL, https://ana@login.example.com",
    "DRAWBRIDGE_PUBLIC_URL, https://login example.com",
    "DRAWBRIDGE_AUDIENCES, '/'",
    "DRAWBRIDGE_AUDIENCES, ', ,'",
    "DRAWBRIDGE_CHECK_TOKEN_LIFETIME, 1h",
    "DRAWBRIDGE_CHECK_TOKEN_LIFETIME, PT0S",
    "DRAWBRIDGE_CHECK_TOKEN_LIFETIME, -PT1H",
    "DRAWBRIDGE_CHECK_TOKEN_LIFETIME, PT24H0.000000001S",
    "DRAWBRIDGE_CHECK_TOKEN_LIFETIME, P99999999999999999D",
    "DRAWBRIDGE_ENABLEMENT_TOKEN_LIFETIME, P3661D",
    "DRAWBRIDGE_CHECK_TIME_BUDGET, PT31S",
    "DRAWBRIDGE_FIDO_METADATA, /nowhere/blob.jwt",
    "DRAWBRIDGE_DNS_SERVER, 192.0.2.53",
    "DRAWBRIDGE_DNS_SERVER, dns:192.0.2.53",
    "DRAWBRIDGE_DNS_SERVER, https://192.0.2.53",
    "DRAWBRIDGE_DNS_SERVER, dns://not a host",
    "DRAWBRIDGE_SMTP_URL, mail.example.com",
    "DRAWBRIDGE_SMTP_URL, https://mail.example.com",
    "DRAWBRIDGE_SMTP_URL, smtp://",
    "DRAWBRIDGE_SMTP_URL, smtp:mail.example.com",
    "DRAWBRIDGE_SMTP_URL, smtp://mail example.com",
    "DRAWBRIDGE_SMTP_URL, smtp://user@mail.example.com",
    "DRAWBRIDGE_SMTP_URL, smtp://:password@mail.example.com",
    "DRAWBRIDGE_SMTP_URL, smtp://user:@mail.example.com",
    "DRAWBRIDGE_SMTP_URL, smtp://ana@example.com:password@mail.example.com",
    "DRAWBRIDGE_SMTP_URL, smtp://mail.example.com/inbox",
    "DRAWBRIDGE_SMTP_URL, smtp://mail.example.com?x",
    "DRAWBRIDGE_SMTP_URL, smtp://mail.example.com#x",
    "DRAWBRIDGE_SMS_URL, sms.example.com",
    "DRAWBRIDGE_SMS_URL, smtp://sms.example.com",
    "DRAWBRIDGE_SMS_URL, https://",
    "DRAWBRIDGE_SMS_URL, https://user@sms.example.com",
    "DRAWBRIDGE_SMS_URL, https://sms.example.com#x",
    "DRAWBRIDGE_MAIL_FROM, example.com",
    "DRAWBRIDGE_MAIL_FROM, Ana <ana@example.com>",
    "DRAWBRIDGE_MAIL_FROM, 'ana@example.com,ben@example.com'",
    "DRAWBRIDGE_MAIL_FROM, '\"ana\"@example.com'",
    "DRAWBRIDGE_PUBLIC_URL, https://login.example.com:65536",
    "DRAWBRIDGE_PUBLIC_URL, https://login.example.com:0",
    "DRAWBRIDGE_DNS_SERVER, dns://192.0.2.53:99999",
    "DRAWBRIDGE_SMTP_URL, smtp://mail.example.com:99999",
    "DRAWBRIDGE_SMTP_URL, smtp://mail.example.com:0",
    "DRAWBRIDGE_SMS_URL, https://sms.example.com:65536/send",
    "HTTP_PORT, abc",
    "HTTP_PORT, 0",
    "HTTP_PORT, 65536",
    "HTTP_PORT, -1",
  })
  void bad(String name, String value) {
    assertThatThrownBy(() -> with(name, value))
        .isInstanceOf(BadSetting.class)
        .hasMessageStartingWith(name + ": ")
        .hasMessageNotContaining("\n");
  }

  @Test
  @DisplayName("never tell a secret that cannot be used")
  void secretsAreNotTold() {
    assertThatThrownBy(() -> with("DRAWBRIDGE_BOOTSTRAP_TOKEN", "secret é"))
        .hasMessageNotContaining("secret");
    for (String url : new String[] {"smtp://user:secret@mail example", "smtp://secret@mail"}) {
      assertThatThrownBy(() -> with("DRAWBRIDGE_SMTP_URL", url)).hasMessageNotContaining("secret");
    }
  }

  @Test
  @DisplayName("name the gateways, with what they need to sign in")
  void gateways() {
    assertThat(with("DRAWBRIDGE_SMTP_URL", "smtps://ana%40b:p%3Aw@mail.example.com:2465").smtpUrl())
        .contains(URI.create("smtps://ana%40b:p%3Aw@mail.example.com:2465"));
    assertThat(with("DRAWBRIDGE_SMTP_URL", "smtp://[::1]/").smtpUrl()).isPresent();
    assertThat(with("DRAWBRIDGE_SMS_URL", "https://u:p@sms.example.com/send?from=x").smsUrl())
        .contains(URI.create("https://u:p@sms.example.com/send?from=x"));
  }

  @Test
  @DisplayName("let mail come from the public URL's host where nothing else is said")
  void mailFrom() {
    assertThat(with("DRAWBRIDGE_PUBLIC_URL", "https://login.example.com").mailFrom())
        .isEqualTo("drawbridge@login.example.com");
    assertThat(with("DRAWBRIDGE_MAIL_FROM", "no-reply@example.com").mailFrom())
        .isEqualTo("no-reply@example.com");
  }

  @Test
  @DisplayName("name the data folder that cannot be made")
  void dataDirIsFile() throws IOException {
    Path file = Files.createFile(dataDir.resolve("file"));
    for (Path bad : new Path[] {file, file.resolve("below")}) {
      assertThatThrownBy(() -> MapConfig.settings(Map.of("DRAWBRIDGE_DATA_DIR", bad.toString())))
          .isInstanceOf(BadSetting.class)
          .hasMessageStartingWith("DRAWBRIDGE_DATA_DIR: ");
    }
    assertThatThrownBy(() -> MapConfig.settings(Map.of("DRAWBRIDGE_DATA_DIR", "a\0b")))
        .isInstanceOf(BadSetting.class)
        .hasMessageStartingWith("DRAWBRIDGE_DATA_DIR: ");
  }

  @Test
  @DisplayName("make the data folder where it is missing")
  void dataDirIsMade() {
    Path missing = dataDir.resolve("a/b");
    assertThat(MapConfig.settings(Map.of("DRAWBRIDGE_DATA_DIR", missing.toString())).dataDir())
        .isDirectory();
  }

  @Test
  @DisplayName("know the public URL without a trailing slash, and by the port where it is not set")
  void publicUrl() {
    assertThat(with("DRAWBRIDGE_PUBLIC_URL", "https://login.example.com/").publicUrl())
        .isEqualTo(URI.create("https://login.example.com"));
    assertThat(with("HTTP_PORT", "9090").publicUrl())
        .isEqualTo(URI.create("http://localhost:9090"));
  }

  @ParameterizedTest
  @DisplayName("compare an audience without scheme, port, trailing slash and case")
  @CsvSource({
    "api.example.com, api.example.com",
    "API.Example.com, api.example.com",
    "https://api.example.com, api.example.com",
    "https://api.example.com/, api.example.com",
    "https://api.example.com:8443, api.example.com",
    "https://api.example.com:8443/, api.example.com",
    "api.example.com:443, api.example.com",
    "' api.example.com ', api.example.com",
    "https://api.example.com/path, api.example.com/path",
  })
  void audience(String written, String compared) {
    assertThat(Settings.audience(written)).isEqualTo(compared);
  }

  @Test
  @DisplayName("take several audiences")
  void audiences() {
    assertThat(with("DRAWBRIDGE_AUDIENCES", "https://Api.example.com/, b.example:80,").audiences())
        .containsExactlyInAnyOrder("api.example.com", "b.example");
  }

  @Test
  @DisplayName("take the public URL's host for the audience where none is named")
  void audienceByDefault() {
    assertThat(with("DRAWBRIDGE_PUBLIC_URL", "https://Login.example.com").audiences())
        .containsExactly("login.example.com");
  }
}
