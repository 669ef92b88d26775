package org.drawbridge.company.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.drawbridge.access.Reach;
import org.drawbridge.company.entity.Application;
import org.drawbridge.company.entity.SigningKey;
import org.drawbridge.kernel.OwnedId;
import org.drawbridge.kernel.Page;
import org.drawbridge.kernel.PageRequest;
import org.drawbridge.problem.NotFound;

/** The protected applications, with their signing keys. */
@ApplicationScoped
public class Applications {

  @PersistenceContext EntityManager entities;

  public void add(Application application) {
    entities.persist(application);
    // So that a domain URL that is taken shows here, not at the end of the transaction.
    entities.flush();
  }

  /**
   * @throws NotFound where there is none, or its company is out of reach
   */
  public Application get(Reach reach, UUID id) {
    return entities
        .createQuery("select a from Application a where a.id = :id", Application.class)
        .setParameter("id", id)
        .getResultStream()
        .filter(a -> reach.includes(a.companyId()))
        .findFirst()
        .orElseThrow(() -> new NotFound("application"));
  }

  /** The same, holding its row, so that simultaneous changes happen one after the other. */
  public Application lock(Reach reach, UUID id) {
    return locked(get(reach, id));
  }

  /** The same by ids that no caller gave. */
  public Application lock(UUID companyId, UUID id) {
    return locked(get(companyId, id));
  }

  private Application locked(Application application) {
    // What this transaction has changed is not to be undone by reading it anew.
    entities.flush();
    entities.refresh(application, LockModeType.PESSIMISTIC_WRITE);
    return application;
  }

  public Application get(UUID companyId, UUID id) {
    Application application = entities.find(Application.class, new OwnedId(companyId, id));
    if (application == null) {
      throw new NotFound("application");
    }
    return application;
  }

  public Optional<Application> atUrl(UUID companyId, String url) {
    return entities
        .createQuery(
            "select a from Application a where a.companyId = :company and a.url = :url",
            Application.class)
        .setParameter("company", companyId)
        .setParameter("url", url)
        .getResultStream()
        .findFirst();
  }

  public List<Application> atHost(UUID companyId, String host) {
    return entities
        .createQuery(
            "select a from Application a where a.companyId = :company and a.host = :host"
                + " order by a.id",
            Application.class)
        .setParameter("company", companyId)
        .setParameter("host", host)
        .getResultList();
  }

  /** Of every company. */
  public List<String> validatedUrls() {
    return entities
        .createQuery(
            "select a.url from Application a where a.validatedAt is not null order by a.id",
            String.class)
        .getResultList();
  }

  /** Of every company: a token names its application by host, before a company is known. */
  public List<Application> validatedAtHost(String host) {
    return entities
        .createQuery(
            "select a from Application a where a.host = :host and a.validatedAt is not null"
                + " order by a.id",
            Application.class)
        .setParameter("host", host)
        .getResultList();
  }

  public Page<Application> page(UUID companyId, PageRequest request) {
    List<Application> items =
        entities
            .createQuery(
                "select a from Application a where a.companyId = :company order by a.id",
                Application.class)
            .setParameter("company", companyId)
            .setFirstResult(request.offset())
            .setMaxResults(request.size())
            .getResultList();
    long total =
        entities
            .createQuery(
                "select count(a) from Application a where a.companyId = :company", Long.class)
            .setParameter("company", companyId)
            .getSingleResult();
    return Page.of(request, items, total);
  }

  public void add(SigningKey key) {
    entities.persist(key);
  }

  public List<SigningKey> signingKeys(Application application) {
    return entities
        .createQuery(
            "select k from SigningKey k where k.companyId = :company"
                + " and k.applicationId = :application order by k.id",
            SigningKey.class)
        .setParameter("company", application.companyId())
        .setParameter("application", application.id())
        .getResultList();
  }
}
