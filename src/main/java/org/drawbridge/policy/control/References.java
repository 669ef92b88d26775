package org.drawbridge.policy.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.drawbridge.policy.control.PolicyMembers.Kind;
import org.drawbridge.problem.MemberError;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a request refers to: accounts by id or {@code userAccountId} (all of the company's
 * with that name), groups by id or key, users by id, user name or e-mail address. Ids and e-mail
 * addresses may be written in any case.
 */
@ApplicationScoped
public class References {

  private static final int AT_ONCE = 1000;

  @PersistenceContext EntityManager entities;

  /**
   * One of the ways to refer to something.
   *
   * @param path what is looked up
   * @param value what a reference means there; null where it cannot be meant
   * @param condition of whom it finds
   */
  private record Way(String path, Function<String, @Nullable Object> value, String condition) {

    Way(String path, Function<String, @Nullable Object> value) {
      this(path, value, "true = true");
    }
  }

  private static final Way ID = new Way("e.id", References::id);

  /** Not by an address that somebody merely claims: what it is asked for would be theirs to do. */
  private static final Way EMAIL =
      new Way(
          "lower(e.email)",
          reference -> reference.toLowerCase(Locale.ROOT),
          "e.emailClaimed = false");

  private static final Way USERNAME =
      new Way(
          "e.username",
          reference -> reference,
          "(e.emailClaimed = false or e.username not like '%@%')");

  private static Way exactly(String member) {
    return new Way("e." + member, reference -> reference);
  }

  private static List<Way> ways(Kind kind) {
    return switch (kind) {
      case ACCOUNTS -> List.of(ID, exactly("userAccountId"));
      case GROUPS -> List.of(ID, exactly("key"));
      case APPROVERS, FALLBACK_APPROVERS -> List.of(ID, USERNAME, EMAIL);
    };
  }

  private static String entity(Kind kind) {
    return switch (kind) {
      case ACCOUNTS -> "Account";
      case GROUPS -> "AccountGroup";
      case APPROVERS, FALLBACK_APPROVERS -> "User";
    };
  }

  /**
   * @param errors gets one for each reference to what does not exist, or to no single user
   * @return the ids, in the order of the references
   */
  public Set<UUID> resolve(
      UUID companyId,
      Kind kind,
      String member,
      @Nullable List<String> references,
      List<MemberError> errors) {
    if (references == null) {
      return Set.of();
    }
    Map<String, Set<UUID>> found = new HashMap<>();
    for (int from = 0; from < references.size(); from += AT_ONCE) {
      List<String> some = references.subList(from, Math.min(references.size(), from + AT_ONCE));
      ways(kind).forEach(way -> find(companyId, kind, way, some, found));
    }
    Set<UUID> ids = new LinkedHashSet<>();
    for (int i = 0; i < references.size(); i++) {
      Set<UUID> meant = found.getOrDefault(references.get(i), Set.of());
      if (meant.isEmpty()) {
        errors.add(new MemberError("/" + member + "/" + i, "does not exist"));
      } else if (kind.isOfUsers() && meant.size() > 1) {
        errors.add(new MemberError("/" + member + "/" + i, "is the e-mail of several users"));
      }
      ids.addAll(meant);
    }
    return ids;
  }

  private void find(
      UUID companyId, Kind kind, Way way, List<String> references, Map<String, Set<UUID>> found) {
    Map<Object, Set<String>> asked = new HashMap<>();
    for (String reference : references) {
      Object value = way.value().apply(reference);
      if (value != null) {
        asked.computeIfAbsent(value, v -> new HashSet<>()).add(reference);
      }
    }
    if (asked.isEmpty()) {
      return;
    }
    entities
        .createQuery(
            ("select %1$s, e.id from %2$s e where e.companyId = :company and %1$s in :values"
                    + " and %3$s")
                .formatted(way.path(), entity(kind), way.condition()),
            Object[].class)
        .setParameter("company", companyId)
        .setParameter("values", asked.keySet())
        .getResultStream()
        .forEach(
            row ->
                asked
                    .getOrDefault(row[0], Set.of())
                    .forEach(
                        reference ->
                            found
                                .computeIfAbsent(reference, r -> new LinkedHashSet<>())
                                .add((UUID) row[1])));
  }

  private static @Nullable UUID id(String reference) {
    try {
      return reference.length() == 36 ? UUID.fromString(reference) : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
