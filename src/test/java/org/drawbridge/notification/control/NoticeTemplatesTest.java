package org.drawbridge.notification.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.samskivert.mustache.MustacheException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.drawbridge.challenge.entity.VerificationMethod;
import org.drawbridge.kernel.Language;
import org.drawbridge.notification.entity.Channel;
import org.drawbridge.notification.entity.NoticeText;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The text of a notice")
class NoticeTemplatesTest {

  /** What features tell of each kind. */
  private static final Map<String, List<String>> FACTS =
      Map.ofEntries(
          Map.entry("break-glass", List.of("company", "account", "minutes", "reason")),
          Map.entry("authenticator-added", List.of("company", "method")),
          Map.entry("confirmation-code", List.of("application", "code", "minutes")),
          Map.entry("sign-up-declined", List.of("application")),
          Map.entry("enrolment", List.of("company", "link", "hours")),
          Map.entry("passkeys-reset", List.of("company", "link", "hours")),
          Map.entry("passkey-added", List.of("nickname", "company")),
          Map.entry("passkey-removed", List.of("nickname", "company")),
          Map.entry("passkey-copied", List.of("nickname", "company")),
          Map.entry("password-changed", List.of("account", "application", "company", "time")),
          Map.entry("phone-message", List.of("text")),
          Map.entry("welcome", List.of("application", "company", "link")),
          Map.entry("recovery-code-used", List.of("company", "left")),
          Map.entry("recovery-codes-made", List.of("company")),
          Map.entry("test-notice", List.of("url")),
          Map.entry("more-notices", List.of("number", "latest", "link")),
          Map.entry("approval-approved", List.of("title", "text")),
          Map.entry("approval-rejected", List.of("title", "text")),
          Map.entry("approval-expired", List.of("title", "text")),
          Map.entry("breach-locked", List.of("account", "application", "company")),
          Map.entry(
              "unlock-offered", List.of("account", "application", "company", "minutes", "link")),
          Map.entry(
              "unlock-request",
              List.of(
                  "account",
                  "application",
                  "time",
                  "place",
                  "address",
                  "device",
                  "minutes",
                  "link")),
          Map.entry("unlock-granted", List.of("account", "application", "link")),
          Map.entry("unlock-rejected", List.of("account", "application", "company")),
          Map.entry("unlock-expired", List.of("account", "application", "company", "link")),
          Map.entry("approval-request", List.of("title", "text", "until", "link")),
          Map.entry(
              "login-reported",
              List.of("user", "account", "application", "time", "address", "company")));

  /** What would make a short message too long. */
  private static final Map<String, List<String>> NOT_BY_SMS =
      Map.of(
          "password-changed", List.of("time"),
          "unlock-request", List.of("time", "place", "address", "device"),
          "unlock-offered", List.of("company"),
          "unlock-granted", List.of("link"),
          "unlock-rejected", List.of("company"),
          "unlock-expired", List.of("company"),
          "login-reported", List.of("time", "address", "company"));

  private final NoticeTemplates templates = new NoticeTemplates();

  static Stream<String> kinds() {
    return FACTS.keySet().stream();
  }

  static Stream<Arguments> kindsInLanguages() {
    return kinds().flatMap(k -> Arrays.stream(Language.values()).map(l -> Arguments.of(k, l)));
  }

  private static Map<String, String> facts(String kind) {
    Map<String, String> facts = new HashMap<>();
    FACTS.getOrDefault(kind, List.of()).forEach(name -> facts.put(name, "<" + name + " & 'co'>"));
    return facts;
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("is there for every kind on every channel, and for no kind that nobody tells of")
  void files(Language language) throws IOException {
    Path folder = Path.of("src/main/resources/notices", language.tag());
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              kinds().flatMap(kind -> Stream.of(kind + ".txt", kind + ".sms.txt")).toList());
    }
  }

  @ParameterizedTest
  @MethodSource("kindsInLanguages")
  @DisplayName("is a subject and a body by mail, tells every fact, and changes none of them")
  void mail(String kind, Language language) {
    NoticeText text = templates.text(Channel.MAIL, language, kind, facts(kind));
    assertThat(text.subject()).isNotBlank().doesNotContain("Subject", "{{");
    assertThat(text.body())
        .startsWith(language == Language.DE ? "Guten Tag,\n" : "Hello,\n")
        .doesNotContain("{{");
    assertThat(text.written()).contains(facts(kind).values());
  }

  @ParameterizedTest
  @MethodSource("kindsInLanguages")
  @DisplayName("is a subject and one line on a device's screen")
  void push(String kind, Language language) {
    NoticeText text = templates.text(Channel.PUSH, language, kind, facts(kind));
    assertThat(text.subject()).isNotBlank();
    assertThat(text.body())
        .isEqualTo(templates.text(Channel.SMS, language, kind, facts(kind)).body());
  }

  @Test
  @DisplayName("has times as its language writes them, and says so where a fact is not known")
  void times() {
    Map<String, Object> facts = new HashMap<>(facts("unlock-request"));
    facts.put("time", Instant.parse("2026-03-01T12:05:00Z"));
    facts.put("place", "");
    facts.put("address", "");
    facts.put("device", "");
    assertThat(templates.text(Channel.MAIL, Language.EN, "unlock-request", facts).body())
        .contains("1 March 2026, 12:05 UTC", "an unknown place, an unknown address");
    assertThat(templates.text(Channel.MAIL, Language.DE, "unlock-request", facts).body())
        .contains("1. März 2026, 12:05 UTC", "unbekannter Ort", "unbekanntes Gerät");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("calls every method as its language does")
  void words(VerificationMethod method) {
    assertThat(added(method, Language.EN)).doesNotContain("_");
    assertThat(added(method, Language.DE)).isNotEqualTo(added(method, Language.EN));
  }

  private String added(VerificationMethod method, Language language) {
    Map<String, Object> facts = Map.of("company", "Acme", "method", method);
    return templates.text(Channel.SMS, language, "authenticator-added", facts).body();
  }

  @Test
  @DisplayName("calls a method by a word that a reader knows")
  void word() {
    assertThat(added(VerificationMethod.EMAIL_OTP, Language.EN)).contains(": codes by e-mail.");
    assertThat(added(VerificationMethod.EMAIL_OTP, Language.DE)).contains(": Codes per E-Mail.");
  }

  @ParameterizedTest
  @MethodSource("kindsInLanguages")
  @DisplayName("is one line without a subject by SMS, and tells every fact that fits")
  void sms(String kind, Language language) {
    NoticeText text = templates.text(Channel.SMS, language, kind, facts(kind));
    assertThat(text.subject()).isEmpty();
    Map<String, String> told = facts(kind);
    NOT_BY_SMS.getOrDefault(kind, List.of()).forEach(told::remove);
    assertThat(text.body()).isNotBlank().doesNotContain("\n", "{{").contains(told.values());
  }

  @ParameterizedTest
  @EnumSource(names = {"MAIL", "SMS", "PUSH"})
  @DisplayName("is not made where a fact is missing; the failure tells which, and no other fact")
  void missingFact(Channel channel) {
    assertThatThrownBy(
            () -> templates.text(channel, Language.EN, "passkey-added", Map.of("company", "Acme")))
        .isInstanceOf(MustacheException.class)
        .hasMessageContaining("nickname")
        .hasMessageNotContaining("Acme");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("is not made of a kind that there is no text for")
  void unknownKind(Channel channel) {
    for (String kind : List.of("unheard-of", "../notices/enrolment", "", "Enrolment")) {
      assertThatThrownBy(() -> templates.text(channel, Language.EN, kind, Map.of()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MAIL", "SMS", "PUSH"})
  @DisplayName("has each fact on one line, so that none can forge a header or a paragraph")
  void oneLine(Channel channel) {
    NoticeText text =
        templates.text(
            channel,
            Language.EN,
            "passkey-added",
            Map.of(
                "company",
                "Acme\r\nBcc: all@example.com",
                "nickname",
                "a\n\u2028\u0000\u0085\u009bb"));
    assertThat(text.written()).contains("Acme Bcc: all@example.com", "\"a b\"");
    assertThat(text.subject()).doesNotContain("\r", "\n");
  }

  @Test
  @DisplayName("comes back from how it is written, and does not show itself in a log")
  void written() {
    NoticeText mail = new NoticeText("A subject", "a body\nwith lines\n");
    NoticeText sms = new NoticeText("", "a code");
    assertThat(NoticeText.read(mail.written())).isEqualTo(mail);
    assertThat(NoticeText.read(sms.written())).isEqualTo(sms);
    assertThat(mail.toString()).doesNotContain("subject", "body");
    assertThatThrownBy(() -> new NoticeText("a\r\nBcc: b", ""))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
