package org.drawbridge.approval.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.drawbridge.access.Caller;
import org.drawbridge.approval.entity.ApprovalTemplate;
import org.drawbridge.approval.entity.TemplateKeyTaken;
import org.drawbridge.company.control.Companies;
import org.drawbridge.kernel.Ids;
import org.drawbridge.kernel.OwnedId;
import org.drawbridge.policy.control.PolicyMembers.Kind;
import org.drawbridge.policy.control.References;
import org.drawbridge.problem.Malformed;
import org.drawbridge.problem.MemberError;
import org.drawbridge.problem.NotFound;
import org.jspecify.annotations.Nullable;

/** The templates of a company's approval requests. */
@ApplicationScoped
public class ApprovalTemplates {

  @PersistenceContext EntityManager entities;
  @Inject Companies companies;
  @Inject References references;
  @Inject ApprovalNotices notices;
  @Inject Clock clock;

  /** What a template says. */
  public record Terms(
      String title,
      String text,
      Map<String, String> defaults,
      boolean signed,
      int quorum,
      @Nullable List<String> approvers,
      @Nullable List<String> groups) {}

  /**
   * @throws TemplateKeyTaken where there is one with the key
   */
  public ApprovalTemplate add(Caller caller, UUID companyId, String key, Terms terms) {
    companies.get(caller.reach(), companyId);
    if (keyed(companyId, key).isPresent()) {
      throw new TemplateKeyTaken();
    }
    Instant now = clock.instant();
    ApprovalTemplate template = new ApprovalTemplate(companyId, Ids.next(now), key, now);
    say(template, terms);
    entities.persist(template);
    notices.log(companyId, "approval-template-added", template.id(), Map.of("key", key));
    return template;
  }

  public ApprovalTemplate change(Caller caller, UUID companyId, UUID id, Terms terms) {
    ApprovalTemplate template = get(caller, companyId, id);
    say(template, terms);
    notices.log(companyId, "approval-template-changed", id, Map.of("key", template.key()));
    return template;
  }

  /** Requests that were made of it stay as they are. */
  public void remove(Caller caller, UUID companyId, UUID id) {
    ApprovalTemplate template = get(caller, companyId, id);
    entities.remove(template);
    notices.log(companyId, "approval-template-removed", id, Map.of("key", template.key()));
  }

  private void say(ApprovalTemplate template, Terms terms) {
    template.say(
        terms.title(),
        terms.text(),
        terms.defaults(),
        terms.signed(),
        terms.quorum(),
        users(template.companyId(), terms.approvers()),
        resolved(template.companyId(), Kind.GROUPS, "groups", terms.groups()));
  }

  /**
   * Users by id, name or e-mail.
   *
   * @throws Malformed naming each that does not exist
   */
  Set<UUID> users(UUID companyId, @Nullable List<String> given) {
    return resolved(companyId, Kind.APPROVERS, "approvers", given);
  }

  private Set<UUID> resolved(
      UUID companyId, Kind kind, String member, @Nullable List<String> given) {
    List<MemberError> errors = new ArrayList<>();
    Set<UUID> found = references.resolve(companyId, kind, member, given, errors);
    if (!errors.isEmpty()) {
      throw new Malformed(errors);
    }
    return found;
  }

  public List<ApprovalTemplate> of(Caller caller, UUID companyId) {
    companies.get(caller.reach(), companyId);
    return entities
        .createQuery(
            "select t from ApprovalTemplate t where t.companyId = :company order by t.key",
            ApprovalTemplate.class)
        .setParameter("company", companyId)
        .getResultList();
  }

  /**
   * @throws NotFound where there is none, or it is out of reach
   */
  public ApprovalTemplate get(Caller caller, UUID companyId, UUID id) {
    companies.get(caller.reach(), companyId);
    return find(companyId, id).orElseThrow(() -> new NotFound("approval template"));
  }

  Optional<ApprovalTemplate> find(UUID companyId, UUID id) {
    return Optional.ofNullable(entities.find(ApprovalTemplate.class, new OwnedId(companyId, id)));
  }

  Optional<ApprovalTemplate> keyed(UUID companyId, String key) {
    return entities
        .createQuery(
            "select t from ApprovalTemplate t where t.companyId = :company and t.key = :key",
            ApprovalTemplate.class)
        .setParameter("company", companyId)
        .setParameter("key", key)
        .getResultStream()
        .findFirst();
  }
}
