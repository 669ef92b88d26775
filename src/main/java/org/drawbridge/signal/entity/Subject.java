package org.drawbridge.signal.entity;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.drawbridge.kernel.Storable;
import org.jspecify.annotations.Nullable;

/**
 * Whom an event is about: by an e-mail address, or by what the identity provider calls the account.
 *
 * @param email null where it is named by the other
 * @param userAccountId null where it is named by the other
 */
public record Subject(@Nullable String email, @Nullable String userAccountId) {

  private static final String ACCT = "acct:";

  /**
   * Reads the subject identifiers (RFC 9493) of one event of a token: {@code sub_id} beside the
   * events, or {@code subject} in the event, as drafts had it, or else {@code sub}. Those of a
   * format that names nobody here are passed over.
   */
  public static List<Subject> of(JsonObject claims, JsonObject event) {
    List<Subject> subjects = new ArrayList<>();
    if (claims.get("sub_id") instanceof JsonObject identifier) {
      add(identifier, subjects);
    } else if (event.get("subject") instanceof JsonObject identifier) {
      add(identifier, subjects);
    } else {
      addName(text(claims, "sub"), subjects);
    }
    return subjects.stream().distinct().toList();
  }

  private static void add(JsonObject identifier, List<Subject> subjects) {
    String format = text(identifier, "format");
    if (format.isEmpty()) {
      format = text(identifier, "subject_type");
    }
    switch (format.replace('-', '_').toLowerCase(Locale.ROOT)) {
      case "email" -> addEmail(text(identifier, "email"), subjects);
      case "account" -> {
        String uri = text(identifier, "uri");
        addEmail(uri.startsWith(ACCT) ? uri.substring(ACCT.length()) : "", subjects);
      }
      case "iss_sub" -> addName(text(identifier, "sub"), subjects);
      case "opaque" -> addName(text(identifier, "id"), subjects);
      case "id_token_claims" -> {
        addEmail(text(identifier, "email"), subjects);
        addName(text(identifier, "sub"), subjects);
      }
      case "aliases" -> {
        if (identifier.get("identifiers") instanceof JsonArray aliases) {
          for (JsonValue alias : aliases) {
            // Section 3.2.8: aliases do not nest.
            if (alias instanceof JsonObject one && !text(one, "format").equals("aliases")) {
              add(one, subjects);
            }
          }
        }
      }
      default -> {
        // A complex subject; what else it names, a device or a tenant, is nobody here.
        if (identifier.get("user") instanceof JsonObject user && !user.containsKey("user")) {
          add(user, subjects);
        }
      }
    }
  }

  private static void addEmail(String email, List<Subject> subjects) {
    if (!email.isEmpty()) {
      subjects.add(new Subject(email, null));
    }
  }

  private static void addName(String name, List<Subject> subjects) {
    if (!name.isEmpty()) {
      subjects.add(new Subject(null, name));
    }
  }

  /** Empty, too, where no database could hold it: then it names nobody here. */
  private static String text(JsonObject object, String member) {
    return object.get(member) instanceof JsonString string
            && Storable.isStorable(string.getString())
        ? string.getString()
        : "";
  }
}
