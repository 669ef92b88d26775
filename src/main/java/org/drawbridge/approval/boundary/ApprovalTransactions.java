package org.drawbridge.approval.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import org.drawbridge.approval.control.AnsweringUnlock;
import org.drawbridge.approval.control.UnlockRequests;
import org.drawbridge.kernel.OwnedId;

/** The transactions of the timer: one for each request. */
@ApplicationScoped
@Transactional
public class ApprovalTransactions {

  @Inject UnlockRequests requests;
  @Inject AnsweringUnlock answering;
  @Inject Clock clock;

  public List<OwnedId> overdue(int most) {
    return requests.overdue(clock.instant(), most);
  }

  public void expire(OwnedId id) {
    answering.expire(id);
  }
}
