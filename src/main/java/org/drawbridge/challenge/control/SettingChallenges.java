package org.drawbridge.challenge.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import org.drawbridge.access.Reach;
import org.drawbridge.challenge.entity.ChallengeChanged;
import org.drawbridge.challenge.entity.ChallengeSettings;
import org.drawbridge.challenge.entity.MethodNotOffered;
import org.drawbridge.challenge.entity.VerificationMethod;
import org.drawbridge.company.control.Companies;
import org.drawbridge.kernel.CompanyEvent;
import org.drawbridge.problem.Impossible;
import org.drawbridge.problem.MemberError;
import org.drawbridge.problem.NotFound;
import org.jspecify.annotations.Nullable;

/** What companies allow at challenges. */
@ApplicationScoped
public class SettingChallenges {

  @PersistenceContext EntityManager entities;
  @Inject Companies companies;
  @Inject Event<CompanyEvent> changes;

  /** As they stand, or as they are until somebody sets them. */
  public ChallengeSettings of(UUID companyId) {
    ChallengeSettings settings = entities.find(ChallengeSettings.class, companyId);
    return settings == null ? new ChallengeSettings(companyId) : settings;
  }

  boolean allow(UUID companyId, VerificationMethod method) {
    return of(companyId).verificationMethods().contains(method);
  }

  /**
   * @throws MethodNotOffered where the company does not allow it
   */
  void requireAllowed(UUID companyId, VerificationMethod method) {
    if (!allow(companyId, method)) {
      throw new MethodNotOffered("verificationMethod");
    }
  }

  /**
   * @throws NotFound where the company is out of reach
   */
  public ChallengeSettings of(Reach reach, UUID companyId) {
    companies.get(reach, companyId);
    return of(companyId);
  }

  /**
   * Changes what is said.
   *
   * @param origins null for as they are
   * @param methods null for as they are
   * @param rememberDeviceDays null for as it is
   * @throws Impossible where an origin is none
   */
  public ChallengeSettings change(
      Reach reach,
      UUID companyId,
      @Nullable List<String> origins,
      @Nullable List<VerificationMethod> methods,
      @Nullable Integer rememberDeviceDays) {
    companies.get(reach, companyId);
    companies.hold(companyId);
    ChallengeSettings settings = entities.find(ChallengeSettings.class, companyId);
    if (settings == null) {
      settings = new ChallengeSettings(companyId);
      entities.persist(settings);
    }
    if (origins != null) {
      settings.allow(checked(origins));
    }
    if (methods != null) {
      if (methods.stream().allMatch(m -> m == VerificationMethod.RECOVERY_CODE)) {
        throw new Impossible(
            MemberError.at("verificationMethods", "must name one that is no recovery code"));
      }
      settings.allow(EnumSet.copyOf(methods));
    }
    if (rememberDeviceDays != null) {
      settings.rememberDevices(rememberDeviceDays);
    }
    changes.fire(new ChallengeChanged(companyId, "challenge-settings-changed", companyId));
    return settings;
  }

  private static List<String> checked(List<String> origins) {
    List<String> checked = new ArrayList<>();
    List<MemberError> errors = new ArrayList<>();
    for (int i = 0; i < origins.size(); i++) {
      String origin = ChallengeSettings.origin(origins.get(i));
      if (origin == null || !origins.get(i).replaceFirst("/$", "").equalsIgnoreCase(origin)) {
        errors.add(
            new MemberError(
                "/allowedOrigins/" + i, "must be an origin such as https://acme.eu.auth0.com"));
      } else {
        checked.add(origin);
      }
    }
    if (!errors.isEmpty()) {
      throw new Impossible(errors);
    }
    return checked;
  }
}
