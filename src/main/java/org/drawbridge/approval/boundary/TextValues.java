package org.drawbridge.approval.boundary;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.drawbridge.kernel.Storable;
import org.drawbridge.problem.Malformed;
import org.drawbridge.problem.MemberError;
import org.jspecify.annotations.Nullable;

/** A JSON object that gives a text for each of some names. */
final class TextValues {

  private static final int MAX_NAMES = 50;
  private static final int MAX_LENGTH = 200;

  private TextValues() {}

  /**
   * One line each: what approvers read must not look like more than it is.
   *
   * @param member where the object stands in the request
   * @throws Malformed naming each that is no such text
   */
  static Map<String, String> of(String member, @Nullable JsonObject object) {
    if (object == null) {
      return Map.of();
    }
    if (object.size() > MAX_NAMES) {
      throw new Malformed(
          List.of(MemberError.at(member, "must have " + MAX_NAMES + " members at most")));
    }
    Map<String, String> values = new TreeMap<>();
    List<MemberError> errors = new ArrayList<>();
    object.forEach(
        (name, value) -> {
          if (value instanceof JsonString string && isOneLine(string.getString())) {
            values.put(name, string.getString());
          } else {
            errors.add(
                MemberError.at(
                        name, "must be one line of text of at most " + MAX_LENGTH + " characters")
                    .below("/" + member));
          }
        });
    if (!errors.isEmpty()) {
      throw new Malformed(errors);
    }
    return values;
  }

  private static boolean isOneLine(String text) {
    return text.length() <= MAX_LENGTH
        && Storable.isStorable(text)
        && text.chars().noneMatch(c -> Character.isISOControl(c) || c == '\u2028' || c == '\u2029');
  }
}
