package org.drawbridge.notification.control;

import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Hands mail to an SMTP server: {@code smtps://} with TLS from the start (port 465), {@code
 * smtp://} with STARTTLS where the server offers it (port 587). Certificates and host names are
 * checked either way.
 */
final class SmtpRelay {

  private static final Logger LOG = Logger.getLogger(SmtpRelay.class.getName());

  private static final String TIMEOUT_MILLIS = "10000";

  private final Session session;
  private final String from;
  private final String home;
  private final Clock clock;

  /**
   * @param server as the settings let it through
   * @param from the sender's address
   * @param home where this server is
   */
  SmtpRelay(URI server, String from, String home, Clock clock) {
    this.session = Session.getInstance(properties(server), authenticator(server));
    this.from = from;
    this.home = home;
    this.clock = clock;
  }

  private static Properties properties(URI server) {
    boolean tls = "smtps".equals(server.getScheme());
    int port = server.getPort() > 0 ? server.getPort() : tls ? 465 : 587;
    Properties properties = new Properties();
    properties.setProperty("mail.transport.protocol", "smtp");
    properties.setProperty("mail.smtp.host", server.getHost().replaceAll("[\\[\\]]", ""));
    properties.setProperty("mail.smtp.port", Integer.toString(port));
    properties.setProperty("mail.smtp.auth", Boolean.toString(server.getRawUserInfo() != null));
    properties.setProperty("mail.smtp.ssl.enable", Boolean.toString(tls));
    properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(!tls));
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    for (String what : new String[] {"connectiontimeout", "timeout", "writetimeout"}) {
      properties.setProperty("mail.smtp." + what, TIMEOUT_MILLIS);
    }
    if (!tls) {
      properties.put("mail.smtp.socketFactory", new PromptSockets());
    }
    return properties;
  }

  private static @Nullable Authenticator authenticator(URI server) {
    String userInfo = server.getRawUserInfo();
    if (userInfo == null) {
      return null;
    }
    int colon = userInfo.indexOf(':');
    PasswordAuthentication credential =
        new PasswordAuthentication(
            decoded(userInfo.substring(0, colon)), decoded(userInfo.substring(colon + 1)));
    return new Authenticator() {
      @Override
      protected PasswordAuthentication getPasswordAuthentication() {
        return credential;
      }
    };
  }

  /** Connects with the first mail, and stays connected for those that follow. */
  Line line() {
    return new SmtpLine();
  }

  private final class SmtpLine implements Line {

    private @Nullable Transport transport;

    @Override
    public void send(Delivery delivery) throws DeliveryFailed {
      try {
        MimeMessage message = message(delivery);
        connected().sendMessage(message, message.getAllRecipients());
      } catch (SendFailedException e) {
        close();
        // The server has refused the address itself (RFC 5321 section 4.2.1: 5yz); it would again.
        throw e.getInvalidAddresses() == null || e.getInvalidAddresses().length == 0
            ? new DeliveryFailed(why(e), e)
            : DeliveryFailed.forGood(why(e), e);
      } catch (MessagingException e) {
        close();
        throw new DeliveryFailed(why(e), e);
      }
    }

    private Transport connected() throws MessagingException {
      if (transport == null) {
        Transport fresh = session.getTransport();
        fresh.connect();
        transport = fresh;
      }
      return transport;
    }

    @Override
    public void close() {
      Transport used = transport;
      transport = null;
      if (used != null) {
        try {
          used.close();
        } catch (MessagingException e) {
          LOG.log(Level.FINE, "The mail server did not say goodbye", e);
        }
      }
    }
  }

  private MimeMessage message(Delivery delivery) throws MessagingException {
    // The same at each try, so that a mail that arrives twice is recognised.
    String messageId = "<" + delivery.key().id() + from.substring(from.indexOf('@')) + ">";
    MimeMessage message =
        new MimeMessage(session) {
          @Override
          protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", messageId);
          }
        };
    message.setFrom(new InternetAddress(from, true));
    message.setRecipient(Message.RecipientType.TO, new InternetAddress(delivery.address(), true));
    message.setSubject(delivery.text().subject(), StandardCharsets.UTF_8.name());
    message.setContent(bodies(delivery));
    message.setHeader("Content-Language", delivery.language().tag());
    message.setSentDate(Date.from(clock.instant()));
    // RFC 3834 section 5: no out-of-office note comes back.
    message.setHeader("Auto-Submitted", "auto-generated");
    // A transport, unlike its static short cut, leaves it to us to write the headers.
    message.saveChanges();
    return message;
  }

  /** RFC 2046 section 5.1.4: the same twice, the better one last. */
  private MimeMultipart bodies(Delivery delivery) throws MessagingException {
    MimeBodyPart plain = new MimeBodyPart();
    plain.setText(delivery.text().body(), StandardCharsets.UTF_8.name());
    MimeBodyPart html = new MimeBodyPart();
    html.setText(
        MailLayout.html(delivery.text(), delivery.language(), home),
        StandardCharsets.UTF_8.name(),
        "html");
    return new MimeMultipart("alternative", plain, html);
  }

  /** With what lies below it: the reason is often there. */
  private static String why(MessagingException failure) {
    StringBuilder why = new StringBuilder();
    for (Throwable part = failure; part != null; part = part.getCause()) {
      why.append(why.isEmpty() ? "" : ": ").append(part.getMessage());
    }
    return why.toString();
  }

  private static String decoded(String text) {
    // A plus is a plus here, unlike in a form.
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
