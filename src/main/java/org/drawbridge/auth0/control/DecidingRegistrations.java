package org.drawbridge.auth0.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.UUID;
import org.drawbridge.access.DomainCaller;
import org.drawbridge.access.Reach;
import org.drawbridge.auth0.entity.RegistrationRules;
import org.drawbridge.auth0.entity.RegistrationRules.Verdict;
import org.drawbridge.company.control.Companies;
import org.drawbridge.company.entity.CompanyChanged;
import org.drawbridge.kernel.CompanyEvent;
import org.drawbridge.problem.NotFound;
import org.drawbridge.signal.control.BreachedAddresses;
import org.jspecify.annotations.Nullable;

/** Decides by the company's rules who may register. */
@ApplicationScoped
public class DecidingRegistrations {

  @PersistenceContext EntityManager entities;
  @Inject Companies companies;
  @Inject BreachedAddresses breached;
  @Inject Event<CompanyEvent> events;

  /** About the person whose e-mail address, or other name, is the subject of the token. */
  public Verdict verdict(DomainCaller caller) {
    return rules(caller.companyId())
        .verdict(caller.subject(), breached.contains(caller.companyId(), caller.subject()));
  }

  /**
   * As they stand, or as they are until somebody sets them.
   *
   * @throws NotFound where the company is out of reach
   */
  public RegistrationRules rules(Reach reach, UUID companyId) {
    companies.get(reach, companyId);
    return rules(companyId);
  }

  /** Changes what is said; null leaves a rule as it is. */
  public RegistrationRules change(
      Reach reach,
      UUID companyId,
      @Nullable List<String> allowedDomains,
      @Nullable List<String> deniedDomains,
      @Nullable Boolean denyBreached) {
    companies.get(reach, companyId);
    companies.hold(companyId);
    RegistrationRules rules = entities.find(RegistrationRules.class, companyId);
    if (rules == null) {
      rules = new RegistrationRules(companyId);
      entities.persist(rules);
    }
    if (allowedDomains != null) {
      rules.allow(allowedDomains);
    }
    if (deniedDomains != null) {
      rules.deny(deniedDomains);
    }
    if (denyBreached != null) {
      rules.denyBreached(denyBreached);
    }
    events.fire(new CompanyChanged(companyId, "registration-rules-changed", companyId));
    return rules;
  }

  private RegistrationRules rules(UUID companyId) {
    RegistrationRules rules = entities.find(RegistrationRules.class, companyId);
    return rules == null ? new RegistrationRules(companyId) : rules;
  }
}
