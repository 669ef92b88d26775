package org.drawbridge.company.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.drawbridge.access.Reach;
import org.drawbridge.company.entity.Administrator;
import org.drawbridge.company.entity.ApiKey;
import org.drawbridge.company.entity.Company;
import org.drawbridge.company.entity.KeyPurpose;
import org.drawbridge.kernel.OwnedId;
import org.drawbridge.kernel.Page;
import org.drawbridge.kernel.PageRequest;
import org.drawbridge.problem.NotFound;
import org.jspecify.annotations.Nullable;

/** The companies, with their administrators and API keys. */
@ApplicationScoped
public class Companies {

  @PersistenceContext EntityManager entities;

  public void add(Company company) {
    entities.persist(company);
  }

  public Page<Company> page(PageRequest request) {
    List<Company> items =
        entities
            .createQuery("select c from Company c order by c.id", Company.class)
            .setFirstResult(request.offset())
            .setMaxResults(request.size())
            .getResultList();
    long total =
        entities.createQuery("select count(c) from Company c", Long.class).getSingleResult();
    return Page.of(request, items, total);
  }

  /**
   * @throws NotFound where there is none, or it is out of reach
   */
  public Company get(Reach reach, UUID companyId) {
    if (!reach.includes(companyId)) {
      throw new NotFound("company");
    }
    return get(companyId);
  }

  /** The same by ids that no caller gave. */
  public Company get(UUID companyId) {
    Company company = entities.find(Company.class, companyId);
    if (company == null) {
      throw new NotFound("company");
    }
    return company;
  }

  /** Holds the company until the transaction ends: what several want to find, one of them makes. */
  public void hold(UUID companyId) {
    entities.find(Company.class, companyId, LockModeType.PESSIMISTIC_WRITE);
  }

  public void add(Administrator administrator) {
    entities.persist(administrator);
  }

  public @Nullable Administrator administrator(UUID companyId, UUID id) {
    return entities.find(Administrator.class, new OwnedId(companyId, id));
  }

  public List<Administrator> administrators(UUID companyId) {
    return entities
        .createQuery(
            "select a from Administrator a where a.companyId = :company order by a.id",
            Administrator.class)
        .setParameter("company", companyId)
        .getResultList();
  }

  /** Where to write to those who administer the company. */
  public List<String> administratorEmails(UUID companyId) {
    return administrators(companyId).stream()
        .filter(administrator -> !administrator.isRevoked())
        .map(Administrator::email)
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }

  public void add(ApiKey key) {
    entities.persist(key);
  }

  /** Null where there is none for that purpose. */
  public @Nullable ApiKey apiKey(UUID companyId, KeyPurpose purpose, UUID id) {
    ApiKey key = entities.find(ApiKey.class, new OwnedId(companyId, id));
    return key != null && key.isFor(purpose) ? key : null;
  }

  public List<ApiKey> apiKeys(UUID companyId, KeyPurpose purpose) {
    return entities
        .createQuery(
            "select k from ApiKey k where k.companyId = :company and k.purpose = :purpose"
                + " order by k.id",
            ApiKey.class)
        .setParameter("company", companyId)
        .setParameter("purpose", purpose)
        .getResultList();
  }
}
