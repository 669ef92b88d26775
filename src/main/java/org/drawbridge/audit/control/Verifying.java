package org.drawbridge.audit.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.drawbridge.audit.entity.Activity;
import org.drawbridge.audit.entity.ActivityChain;
import org.jspecify.annotations.Nullable;

/** Verifies that a company's activity log is what was chained, entry by entry. */
@ApplicationScoped
public class Verifying {

  private static final int CHUNK = 1000;

  @PersistenceContext EntityManager entities;
  @Inject ChainHeads heads;

  /** What is wrong with the first entry that is not as it was. */
  public enum Fault {
    /** It is not what it was when it was chained, or stands there twice. */
    ALTERED,
    /** There is no such entry any more. */
    MISSING,
    /**
     * The head of the chain is gone or is not what was sealed, or the entries do not lead to it.
     */
    HEAD
  }

  /**
   * What was found.
   *
   * @param to the last number that was looked at
   * @param fault null where all is as it was
   * @param brokenAt the number of the first faulty entry; null where there is none
   */
  public record Verification(long to, @Nullable Fault fault, @Nullable Long brokenAt) {}

  /**
   * The chained entries in their order.
   *
   * @param from number of the first one
   */
  public List<Activity> chained(UUID companyId, long from, int most) {
    return entities
        .createQuery(
            "select a from Activity a where a.companyId = :company and a.number >= :from"
                + " order by a.number, a.id",
            Activity.class)
        .setParameter("company", companyId)
        .setParameter("from", from)
        .setMaxResults(most)
        .getResultList();
  }

  /**
   * Computes the hashes again.
   *
   * @param from number of the first entry, 1 or more
   * @param most how many entries at most
   */
  public Verification verify(UUID companyId, long from, long most) {
    ActivityChain head = heads.head(companyId);
    if (head == null) {
      // Where entries have numbers, there was a head.
      boolean gone = !chained(companyId, 1, 1).isEmpty();
      return new Verification(0, gone ? Fault.HEAD : null, null);
    }
    if (!heads.isGenuine(head)) {
      return new Verification(0, Fault.HEAD, null);
    }
    long to = Math.min(head.length(), from - 1 + most);
    String hash = from == 1 ? ActivityChain.BEGINNING : hashBefore(companyId, from);
    for (long number = from; number <= to; ) {
      List<Activity> entries = chained(companyId, number, (int) Math.min(CHUNK, to - number + 1));
      if (entries.isEmpty()) {
        return new Verification(number, Fault.MISSING, number);
      }
      for (Activity entry : entries) {
        hash = EntryHash.of(entry, number, hash);
        Fault fault = fault(entry, number, hash);
        if (fault != null) {
          return new Verification(number, fault, number);
        }
        number++;
      }
      entities.clear();
    }
    boolean atHead = to == head.length() && to >= from;
    return new Verification(to, atHead && !hash.equals(head.hash()) ? Fault.HEAD : null, null);
  }

  private static @Nullable Fault fault(Activity entry, long expected, String hash) {
    long number = Objects.requireNonNull(entry.number());
    if (number > expected) {
      return Fault.MISSING;
    }
    // A smaller number is one that another entry has, too.
    return number < expected || !hash.equals(entry.hash()) ? Fault.ALTERED : null;
  }

  private String hashBefore(UUID companyId, long from) {
    return chained(companyId, from - 1, 1).stream()
        .filter(entry -> Objects.equals(entry.number(), from - 1))
        .map(Activity::hash)
        .findFirst()
        .orElse("");
  }
}
