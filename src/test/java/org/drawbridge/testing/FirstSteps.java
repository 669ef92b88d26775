package org.drawbridge.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The commands that README.md gives a newcomer, and those of the guides that go on from there. */
public final class FirstSteps {

  private static final Pattern BLOCK = Pattern.compile("```bash\n(.*?)\n```", Pattern.DOTALL);
  private static final String END = "<!-- first steps: end -->";

  private FirstSteps() {}

  /** All of them, one text a block. The first says where the server is and who the caller is. */
  public static List<String> all() {
    String readme = readme();
    return blocks(readme.substring(0, readme.indexOf(END)));
  }

  /** Those that do not depend on where the server is. */
  public static List<String> everywhereTheSame() {
    return between("first steps");
  }

  /** What goes on from there with policies. */
  public static List<String> withPolicies() {
    return between("policy steps");
  }

  /** What goes on from there with passkeys. */
  public static List<String> withPasskeys() {
    return between("passkey steps");
  }

  /** What makes an unlock just in time harder to get by mistake. */
  public static List<String> justInTime() {
    return between("just-in-time steps");
  }

  /** How a company's own systems are told, and heard. */
  public static List<String> withSignals() {
    return between("signal steps");
  }

  public static List<String> withChallenges() {
    return between("challenge steps");
  }

  public static List<String> withRules() {
    return between("rule steps");
  }

  /** What the guide for Auth0 has done after the first steps. */
  public static List<String> atAuth0() {
    return between("auth0 steps", read("src/docs/auth0.md"));
  }

  /** How the guide verifies an activity log after the first steps. */
  public static List<String> verifyingActivity() {
    return between("audit steps", read("src/docs/activity-log.md"));
  }

  private static List<String> between(String marker) {
    return between(marker, readme());
  }

  private static List<String> between(String marker, String text) {
    return Pattern.compile(
            "<!-- %1$s: begin[^>]*-->(.*)<!-- %1$s: end -->".formatted(marker), Pattern.DOTALL)
        .matcher(text)
        .results()
        .flatMap(r -> blocks(r.group(1)).stream())
        .toList();
  }

  private static List<String> blocks(String text) {
    return BLOCK.matcher(text).results().map((MatchResult r) -> r.group(1)).toList();
  }

  private static String readme() {
    return read("README.md");
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
