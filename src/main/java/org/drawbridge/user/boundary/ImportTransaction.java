package org.drawbridge.user.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.UUID;
import org.drawbridge.user.control.ImportResult;
import org.drawbridge.user.control.ImportRow;
import org.drawbridge.user.control.ImportingRow;

/** The transaction of one imported row. */
@ApplicationScoped
public class ImportTransaction {

  @Inject ImportingRow importing;

  @Transactional(TxType.REQUIRES_NEW)
  public ImportResult add(UUID companyId, int index, ImportRow row, String actor) {
    return importing.add(companyId, index, row, actor);
  }
}
