package org.drawbridge.challenge.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.UUID;
import org.drawbridge.company.entity.Company;

/** What one transaction of a company does at a time: making what several want to find. */
@ApplicationScoped
public class Companywide {

  @PersistenceContext EntityManager entities;

  /** Until the transaction ends. */
  void hold(UUID companyId) {
    entities.find(Company.class, companyId, LockModeType.PESSIMISTIC_WRITE);
  }
}
