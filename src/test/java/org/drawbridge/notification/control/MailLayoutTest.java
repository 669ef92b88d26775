package org.drawbridge.notification.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.kernel.Language;
import org.drawbridge.notification.entity.NoticeText;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The HTML of a mail")
class MailLayoutTest {

  private static final String HOME = "https://drawbridge.example.com";

  private static String html(String body) {
    return MailLayout.html(new NoticeText("A <b> & \"c\"", body), Language.EN, HOME);
  }

  @Test
  @DisplayName("says what the text says, paragraph by paragraph, and sets apart what is indented")
  void paragraphs() {
    String html = html("Hello,\n\nfirst line\nsecond line\n\n    When:  noon\n    Where: here\n");
    assertThat(html)
        .contains(
            "<html lang=\"en\">", ">Hello,</p>", ">first line second line</p>", "When:  noon<br>")
        .doesNotContain("<a ", "{{");
  }

  @Test
  @DisplayName("has links to this server, and to nowhere else, whatever the facts say")
  void links() {
    assertThat(html("x\n\n    " + HOME + "/requests/\n"))
        .contains("<a href=\"" + HOME + "/requests/\">" + HOME + "/requests/</a>");
    for (String elsewhere :
        new String[] {
          "https://evil.example.com/", HOME + ".evil.example.com/", "javascript:alert(1)"
        }) {
      assertThat(html("x\n\n    " + elsewhere + "\n")).contains(elsewhere).doesNotContain("<a ");
    }
  }

  @Test
  @DisplayName("has no markup of anybody else's")
  void escaped() {
    String html = html("<script>alert(1)</script>\n\n    \"><img src=x>\n\n    " + HOME + "/\"x");
    assertThat(html)
        .contains("&lt;script&gt;", "&lt;img", "<title>A &lt;b&gt; &amp; &quot;c&quot;</title>")
        .doesNotContain("<script", "<img", "/\"x");
  }
}
