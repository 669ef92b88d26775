package org.drawbridge.testing;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A real SMTP server on loopback, behind a network that a test can cut, and all that it took. */
public final class MailServer {

  private static final Duration DELIVERY = Duration.ofSeconds(30);

  private static MailServer shared;

  private final GreenMail server;
  private final NetworkLink link;

  private MailServer(GreenMail server) {
    this.server = server;
    this.link = new NetworkLink(server.getSmtp().getPort());
  }

  /** The one that the servers of a run send to. */
  public static synchronized MailServer shared() {
    if (shared == null) {
      GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
      server.setUser("drawbridge@localhost", "drawbridge", "p:w@rd");
      server.start();
      shared = new MailServer(server);
    }
    return shared;
  }

  /** As the setting, with a user and password. */
  public String url() {
    return "smtp://drawbridge:p%3Aw%40rd@localhost:" + link.port();
  }

  public NetworkLink link() {
    return link;
  }

  /** What came for an address, oldest first. */
  public List<MimeMessage> mails(String recipient) {
    return Arrays.stream(server.getReceivedMessages())
        .filter(mail -> isFor(mail, recipient))
        .toList();
  }

  /** The different Message-IDs of what came for an address: so many a person is shown. */
  public Set<String> ids(String recipient) {
    return mails(recipient).stream().map(MailServer::id).collect(Collectors.toSet());
  }

  private static String id(MimeMessage mail) {
    try {
      return mail.getMessageID();
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The only mail that came for an address, once it has come. */
  public MimeMessage mail(String recipient) {
    Await.until(DELIVERY, () -> !mails(recipient).isEmpty());
    List<MimeMessage> mails = mails(recipient);
    if (mails.size() != 1) {
      throw new AssertionError(mails.size() + " mails came for " + recipient);
    }
    return mails.get(0);
  }

  /** The newest mail for an address whose subject holds some words, once it has come. */
  public MimeMessage mail(String recipient, String words) {
    Supplier<Optional<MimeMessage>> newest =
        () ->
            mails(recipient).stream()
                .filter(mail -> subject(mail).contains(words))
                .reduce((earlier, later) -> later);
    Await.until(DELIVERY, () -> newest.get().isPresent());
    return newest
        .get()
        .orElseThrow(() -> new AssertionError("No mail \"" + words + "\" for " + recipient));
  }

  public static String subject(MimeMessage mail) {
    try {
      return mail.getSubject();
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The text of a mail, with plain line feeds; the last of them gets lost on the way. */
  public static String text(MimeMessage mail) {
    return body(mail, 0);
  }

  /** The same as HTML. */
  public static String html(MimeMessage mail) {
    return body(mail, 1);
  }

  private static String body(MimeMessage mail, int index) {
    try {
      Object content = ((MimeMultipart) mail.getContent()).getBodyPart(index).getContent();
      return content.toString().replace("\r\n", "\n").stripTrailing() + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isFor(MimeMessage mail, String recipient) {
    try {
      Address[] recipients = mail.getAllRecipients();
      return recipients.length == 1 && recipients[0].toString().equals(recipient);
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }
}
