package org.drawbridge.notification.control;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.concurrent.ConcurrentHashMap;
import org.drawbridge.kernel.Language;
import org.drawbridge.notification.entity.Channel;
import org.drawbridge.notification.entity.NoticeText;

/**
 * The texts of notices, in a folder for each language: {@code notices/en/<kind>.txt} for mail
 * ({@code Subject: …}, an empty line, the body) and {@code notices/en/<kind>.sms.txt} for SMS (one
 * line), filled in where they say {@code {{fact}}}. The screen of a device has the subject of the
 * one and the line of the other. {@code notices/words_en.properties} has what enums' constants are
 * called.
 */
@ApplicationScoped
public class NoticeTemplates {

  private static final String SUBJECT = "Subject: ";
  private static final String SMS = ".sms.txt";

  private static final Mustache.Compiler COMPILER =
      Mustache.compiler().escapeHTML(false).emptyStringIsFalse(true);

  private final Map<String, Parsed> parsed = new ConcurrentHashMap<>();

  private record Parsed(Template subject, Template body) {}

  /**
   * Facts are put in as one line each, whatever they hold, so that none can forge a header or a
   * paragraph.
   *
   * @throws IllegalArgumentException where there is no such text
   * @throws com.samskivert.mustache.MustacheException where a fact is missing that the text tells
   */
  NoticeText text(Channel channel, Language language, String kind, Map<String, ?> facts) {
    Map<String, String> lines = new HashMap<>();
    facts.forEach((name, fact) -> lines.put(name, line(fact, language)));
    String file = language.tag() + "/" + kind;
    return switch (channel) {
      case MAIL -> new NoticeText(subject(file, lines), body(file + ".txt", lines));
      case SMS -> new NoticeText("", body(file + SMS, lines));
      case PUSH -> new NoticeText(subject(file, lines), body(file + SMS, lines));
      case WEBHOOK -> throw new IllegalArgumentException("A webhook has no text");
    };
  }

  private static String line(Object fact, Language language) {
    if (fact instanceof Instant instant) {
      return DateTimeFormatter.ofPattern(
              language == Language.DE ? "d. MMMM yyyy, HH:mm 'UTC'" : "d MMMM yyyy, HH:mm 'UTC'",
              language.locale())
          .withZone(ZoneOffset.UTC)
          .format(instant);
    }
    if (fact instanceof Enum<?> constant) {
      return ResourceBundle.getBundle(
              "notices.words", language.locale(), NoticeTemplates.class.getClassLoader())
          .getString(constant.getDeclaringClass().getSimpleName() + "." + constant.name());
    }
    return fact.toString().replaceAll("[\\p{Cntrl}\\u0080-\\u009f\\u2028\\u2029]+", " ");
  }

  private String subject(String file, Map<String, String> facts) {
    return parsed(file + ".txt").subject().execute(facts);
  }

  private String body(String file, Map<String, String> facts) {
    return parsed(file).body().execute(facts);
  }

  private Parsed parsed(String file) {
    return parsed.computeIfAbsent(file, NoticeTemplates::parse);
  }

  private static Parsed parse(String file) {
    if (!file.matches("[a-z]{2}/[a-z-]+(\\.sms)?\\.txt")) {
      throw new IllegalArgumentException("No kind of notice is named like " + file);
    }
    String text = read(file);
    if (file.endsWith(SMS)) {
      return new Parsed(COMPILER.compile(""), COMPILER.compile(text.strip()));
    }
    int end = text.indexOf("\n\n");
    if (!text.startsWith(SUBJECT) || end < 0) {
      throw new IllegalArgumentException(file + " does not begin with a subject and an empty line");
    }
    return new Parsed(
        COMPILER.compile(text.substring(SUBJECT.length(), end)),
        COMPILER.compile(text.substring(end + 2)));
  }

  /** What stands in a file of {@code notices}. */
  static String read(String file) {
    try (InputStream text = NoticeTemplates.class.getResourceAsStream("/notices/" + file)) {
      if (text == null) {
        throw new IllegalArgumentException("There is no notices/" + file);
      }
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
