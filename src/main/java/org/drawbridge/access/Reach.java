package org.drawbridge.access;

import java.util.UUID;
import org.drawbridge.problem.NotFound;
import org.jspecify.annotations.Nullable;

/**
 * Which companies a caller reaches. What lies outside is answered as if it did not exist, so that
 * nobody learns what another company has.
 */
public final class Reach {

  private static final Reach EVERYTHING = new Reach(null);

  private final @Nullable UUID companyId;

  private Reach(@Nullable UUID companyId) {
    this.companyId = companyId;
  }

  public static Reach everything() {
    return EVERYTHING;
  }

  public static Reach only(UUID companyId) {
    return new Reach(companyId);
  }

  public boolean includes(UUID company) {
    return companyId == null || companyId.equals(company);
  }

  /**
   * @throws NotFound when the company is out of reach
   */
  public void require(UUID company, String what) {
    if (!includes(company)) {
      throw new NotFound(what);
    }
  }
}
