package org.drawbridge.credential.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.UUID;
import org.drawbridge.credential.entity.PasskeyRules;

/** The companies' rules for passkeys. */
@ApplicationScoped
public class CompanyPasskeyRules {

  @PersistenceContext EntityManager entities;

  /** Those that accept any authenticator where the company has said nothing. */
  public PasskeyRules of(UUID companyId) {
    PasskeyRules rules = entities.find(PasskeyRules.class, companyId);
    return rules == null ? new PasskeyRules(companyId) : rules;
  }

  public void keep(PasskeyRules rules) {
    if (!entities.contains(rules)) {
      entities.persist(rules);
    }
  }
}
