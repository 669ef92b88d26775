package org.drawbridge.policy.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.drawbridge.policy.control.PolicyMembers.Kind;
import org.drawbridge.problem.MemberError;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a request refers to: accounts by id or {@code userAccountId} (all of the company's
 * with that name), groups by id or key, users by id, user name or e-mail address.
 */
@ApplicationScoped
public class References {

  private static final int AT_ONCE = 1000;

  @PersistenceContext EntityManager entities;

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
      find(companyId, kind, some, found);
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
      UUID companyId, Kind kind, List<String> references, Map<String, Set<UUID>> found) {
    List<UUID> ids = references.stream().map(References::id).filter(id -> id != null).toList();
    for (String jpql : queries(kind)) {
      boolean byId = jpql.contains(":ids");
      if (byId && ids.isEmpty()) {
        continue;
      }
      entities
          .createQuery(jpql, Object[].class)
          .setParameter("company", companyId)
          .setParameter(byId ? "ids" : "names", byId ? ids : references)
          .getResultStream()
          .forEach(
              row ->
                  found
                      .computeIfAbsent(row[0].toString(), name -> new LinkedHashSet<>())
                      .add((UUID) row[1]));
    }
  }

  private static List<String> queries(Kind kind) {
    List<String> queries = new ArrayList<>();
    String entity =
        switch (kind) {
          case ACCOUNTS -> "Account";
          case GROUPS -> "AccountGroup";
          case APPROVERS, FALLBACK_APPROVERS -> "User";
        };
    List<String> names =
        switch (kind) {
          case ACCOUNTS -> List.of("userAccountId");
          case GROUPS -> List.of("key");
          case APPROVERS, FALLBACK_APPROVERS -> List.of("username", "email");
        };
    String all = " from " + entity + " e where e.companyId = :company and ";
    queries.add("select e.id, e.id" + all + "e.id in :ids");
    names.forEach(
        name -> queries.add("select e." + name + ", e.id" + all + "e." + name + " in :names"));
    return queries;
  }

  private static @Nullable UUID id(String reference) {
    try {
      return reference.length() == 36 ? UUID.fromString(reference) : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
