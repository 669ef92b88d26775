package org.drawbridge.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.drawbridge.testing.FirstSteps;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The start page")
class StartPageTest {

  private static final Pattern COMMANDS =
      Pattern.compile("<pre><code>(.*?)</code></pre>", Pattern.DOTALL);

  @Test
  @DisplayName("shows the commands of the README's first steps")
  void showsFirstSteps() throws IOException {
    String page = Files.readString(Path.of("src/main/webapp/index.html"));
    List<String> shown =
        COMMANDS
            .matcher(page)
            .results()
            .map(r -> r.group(1).replace("&gt;", ">").replace("&lt;", "<").replace("&amp;", "&"))
            .toList();
    assertThat(shown).isNotEmpty().isEqualTo(FirstSteps.all());
  }
}
