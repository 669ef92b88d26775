package org.drawbridge.notification.control;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.drawbridge.kernel.Language;
import org.drawbridge.notification.entity.NoticeText;

/**
 * Makes HTML of the text of a mail, by {@code notices/layout.html}, so that there is one text to
 * write and to keep true. What stands indented is set apart, and becomes a link where it is an
 * address of this server; nothing else does, whatever the facts say.
 */
final class MailLayout {

  private static final Template LAYOUT =
      Mustache.compiler().escapeHTML(true).compile(NoticeTemplates.read("layout.html"));

  private static final String INDENT = "    ";

  private MailLayout() {}

  /**
   * @param home where this server is
   */
  static String html(NoticeText text, Language language, String home) {
    List<Map<String, Object>> parts =
        Arrays.stream(text.body().strip().split("\n{2,}"))
            .map(paragraph -> part(paragraph, home))
            .toList();
    return LAYOUT.execute(
        Map.of("language", language.tag(), "subject", text.subject(), "parts", parts));
  }

  private static Map<String, Object> part(String paragraph, String home) {
    boolean isApart = paragraph.startsWith(INDENT);
    List<String> lines = paragraph.lines().map(String::strip).toList();
    boolean isLink = isApart && lines.size() == 1 && lines.get(0).startsWith(home + "/");
    Map<String, Object> part = new HashMap<>();
    part.put("link", isLink ? lines.get(0) : false);
    part.put("isApart", isApart && !isLink);
    part.put("apart", lines);
    part.put("plain", isApart ? false : String.join(" ", lines));
    return part;
  }
}
