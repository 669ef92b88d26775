package org.drawbridge.audit.entity;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.drawbridge.kernel.CompanyEvent;

/**
 * A check has ended an unlock. The check itself, which is the hot path, writes nothing but the
 * entry of the activity log; whoever else wants to know is told when the entry is chained.
 */
public record LockedByCheck(UUID companyId, UUID subjectId, Map<String, String> details)
    implements CompanyEvent {

  private static final String TYPE = "account-locked";

  /** Empty for an entry that tells of something else. */
  public static Optional<LockedByCheck> of(Activity entry, JsonObject details) {
    return entry.type().equals(TYPE) && details.containsKey("check")
        ? Optional.of(new LockedByCheck(entry.companyId(), entry.subjectId(), texts(details)))
        : Optional.empty();
  }

  private static Map<String, String> texts(JsonObject details) {
    return details.entrySet().stream()
        .filter(member -> member.getValue() instanceof JsonString)
        .collect(Collectors.toMap(Map.Entry::getKey, m -> details.getString(m.getKey())));
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public boolean isLogged() {
    return true;
  }
}
