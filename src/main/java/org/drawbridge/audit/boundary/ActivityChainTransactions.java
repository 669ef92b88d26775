package org.drawbridge.audit.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.UUID;
import org.drawbridge.audit.control.Chaining;

/** The transactions of the timer: one for each company. */
@ApplicationScoped
@Transactional
public class ActivityChainTransactions {

  @Inject Chaining chaining;

  public List<UUID> behind() {
    return chaining.behind();
  }

  /** Answers how many were chained. */
  public int chain(UUID companyId, int most) {
    return chaining.chain(companyId, most);
  }
}
