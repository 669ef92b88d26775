package org.drawbridge.notification.control;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.drawbridge.notification.entity.Channel;
import org.drawbridge.notification.entity.NoticeText;

/**
 * The texts of notices: {@code notices/<kind>.txt} for mail ({@code Subject: …}, an empty line, the
 * body) and {@code notices/<kind>.sms.txt} for SMS (one line), filled in where they say {@code
 * {{fact}}}.
 */
@ApplicationScoped
public class NoticeTemplates {

  private static final String SUBJECT = "Subject: ";

  private static final Mustache.Compiler COMPILER = Mustache.compiler().escapeHTML(false);

  private final Map<String, Parsed> parsed = new ConcurrentHashMap<>();

  private record Parsed(Template subject, Template body) {}

  /**
   * Facts are put in as one line each, whatever they hold, so that none can forge a header or a
   * paragraph.
   *
   * @throws IllegalArgumentException where there is no such text
   * @throws com.samskivert.mustache.MustacheException where a fact is missing that the text tells
   */
  NoticeText text(Channel channel, String kind, Map<String, String> facts) {
    Map<String, String> lines = new HashMap<>();
    facts.forEach(
        (name, fact) -> lines.put(name, fact.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ")));
    String file = kind + (channel == Channel.SMS ? ".sms.txt" : ".txt");
    Parsed template = parsed.computeIfAbsent(file, NoticeTemplates::parse);
    return new NoticeText(template.subject().execute(lines), template.body().execute(lines));
  }

  private static Parsed parse(String file) {
    String text = read(file);
    if (file.endsWith(".sms.txt")) {
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

  private static String read(String file) {
    if (!file.matches("[a-z-]+(\\.sms)?\\.txt")) {
      throw new IllegalArgumentException("No kind of notice is named like " + file);
    }
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
