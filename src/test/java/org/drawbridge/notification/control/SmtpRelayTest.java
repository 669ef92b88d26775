package org.drawbridge.notification.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.drawbridge.kernel.Language;
import org.drawbridge.kernel.OwnedId;
import org.drawbridge.notification.entity.Channel;
import org.drawbridge.notification.entity.NoticeText;
import org.drawbridge.testing.MailServer;
import org.drawbridge.testing.NetworkLink;
import org.drawbridge.testing.StubbornMailServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Mail by SMTP")
class SmtpRelayTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final UUID ID = UUID.fromString("019cb800-0000-7000-8000-000000000001");

  private final GreenMail server =
      new GreenMail(
          new ServerSetup[] {
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS)
          });

  @BeforeEach
  void start() {
    server.setUser("drawbridge@example.com", "drawbridge", "p:w+ord");
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private void send(String url, String recipient) throws DeliveryFailed {
    try (Line line = relay(url).line()) {
      line.send(delivery(recipient));
    }
  }

  private static SmtpRelay relay(String url) {
    return new SmtpRelay(
        URI.create(url),
        "drawbridge@example.com",
        "https://drawbridge.example.com",
        Clock.fixed(NOON, ZoneOffset.UTC));
  }

  private static Delivery delivery(String recipient) {
    return new Delivery(
        new OwnedId(new UUID(0, 1), ID),
        Channel.MAIL,
        "test-notice",
        recipient,
        new Destination.Address(recipient),
        Language.DE,
        new NoticeText("Añadido: ✓", "Hello ✓,\n\n    a line\n"),
        NOON);
  }

  private String smtp(String userInfo) {
    return "smtp://" + userInfo + "localhost:" + server.getSmtp().getPort();
  }

  @Test
  @DisplayName("arrives as it was written, with an id that is the same at each try")
  void arrives() throws Exception {
    send(smtp(""), "ana@example.com");
    send(smtp("drawbridge:p%3Aw+ord@"), "ana@example.com");
    assertThat(server.getReceivedMessages()).hasSize(2);
    for (MimeMessage mail : server.getReceivedMessages()) {
      assertThat(mail.getSubject()).isEqualTo("Añadido: ✓");
      assertThat(MailServer.text(mail)).isEqualTo("Hello ✓,\n\n    a line\n");
      assertThat(MailServer.html(mail)).contains("<html lang=\"de\">", "<p", ">Hello ✓,</p>");
      assertThat(mail.getContentType()).startsWith("multipart/alternative;");
      assertThat(mail.getHeader("Content-Language")).containsExactly("de");
      assertThat(mail.getFrom())
          .extracting(Object::toString)
          .containsExactly("drawbridge@example.com");
      assertThat(mail.getMessageID()).isEqualTo("<" + ID + "@example.com>");
      assertThat(mail.getSentDate()).isEqualTo(NOON);
      assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    }
  }

  @Test
  @DisplayName("goes out over one connection for many, and over a new one when that is lost")
  void connection() throws Exception {
    NetworkLink link = new NetworkLink(server.getSmtp().getPort());
    try (Line line = relay("smtp://localhost:" + link.port()).line()) {
      line.send(delivery("ana@example.com"));
      line.send(delivery("ben@example.com"));
      assertThat(link.connections()).isEqualTo(1);
      link.cut();
      assertThatThrownBy(() -> line.send(delivery("cem@example.com")))
          .isInstanceOf(DeliveryFailed.class);
      link.mend();
      line.send(delivery("dana@example.com"));
    }
    assertThat(server.getReceivedMessages()).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({"550 no such user, true", "553 bad name, true", "450 come back later, false"})
  @DisplayName("fails for good where the server refuses the address itself, and only there")
  void refused(String refusal, boolean forGood) throws Exception {
    try (StubbornMailServer stubborn = new StubbornMailServer("RCPT", refusal)) {
      assertThatThrownBy(() -> send(stubborn.url(), "ana@example.com"))
          .isInstanceOfSatisfying(
              DeliveryFailed.class,
              failure -> {
                assertThat(failure.isFinal()).isEqualTo(forGood);
                assertThat(failure.why()).contains(refusal);
              });
    }
  }

  @Test
  @DisplayName("goes on in TLS where the server offers it, and says nothing before")
  void startTls() throws Exception {
    try (StubbornMailServer server = new StubbornMailServer("EHLO", "250-here\r\n250 STARTTLS")) {
      assertThatThrownBy(() -> send(server.url(), "ana@example.com"))
          .isInstanceOf(DeliveryFailed.class);
      // RFC 8446 section 5.1: 22 is a handshake.
      assertThat(server.heard())
          .satisfiesExactly(
              line -> assertThat(line).startsWith("EHLO "),
              line -> assertThat(line).isEqualTo("STARTTLS"),
              line -> assertThat(line).isEqualTo("TLS record 22"));
    }
  }

  @Test
  @DisplayName("is not sent with a wrong password")
  void wrongPassword() {
    assertThatThrownBy(() -> send(smtp("drawbridge:wrong@"), "ana@example.com"))
        .isInstanceOf(DeliveryFailed.class);
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @Test
  @DisplayName("is not sent to a server whose certificate nobody vouches for")
  void untrustedCertificate() {
    assertThatThrownBy(
            () -> send("smtps://localhost:" + server.getSmtps().getPort(), "ana@example.com"))
        .isInstanceOf(DeliveryFailed.class)
        .hasMessageContaining("PKIX");
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @Test
  @DisplayName("fails where nobody listens, and says so")
  void unreachable() {
    int port = server.getSmtp().getPort();
    server.stop();
    assertThatThrownBy(() -> send("smtp://localhost:" + port, "ana@example.com"))
        .isInstanceOf(DeliveryFailed.class)
        .hasMessageContaining("Connection refused");
  }

  @Test
  @DisplayName("is for one address, and cannot be made to be for more")
  void injection() {
    for (String recipient :
        new String[] {
          "ana@example.com, ben@example.com", "ana@example.com\r\nBcc: b@example.com"
        }) {
      assertThatThrownBy(() -> send(smtp(""), recipient)).isInstanceOf(DeliveryFailed.class);
    }
    assertThat(server.getReceivedMessages()).isEmpty();
  }
}
