package org.drawbridge.company.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.UUID;
import org.drawbridge.access.Reach;
import org.drawbridge.company.control.Administering;
import org.drawbridge.company.control.Applications;
import org.drawbridge.company.entity.Application;
import org.drawbridge.company.entity.ValidationMethod;

/** What of a validation happens in the database, before the proof is looked for and after. */
@ApplicationScoped
@Transactional
public class ValidationTransactions {

  @Inject Applications applications;
  @Inject Administering administering;

  public Application application(Reach reach, UUID id) {
    return applications.get(reach, id);
  }

  public void validated(Reach reach, UUID id, ValidationMethod method) {
    administering.validated(applications.lock(reach, id), method);
  }
}
