package org.drawbridge.company.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.drawbridge.access.AdministratorCaller;
import org.drawbridge.access.Reach;
import org.drawbridge.company.entity.Application;
import org.drawbridge.company.entity.Company;
import org.drawbridge.company.entity.CompanyChanged;
import org.drawbridge.company.entity.DomainTaken;
import org.drawbridge.company.entity.DomainUrl;
import org.drawbridge.company.entity.PlatformAdministratorRequired;
import org.drawbridge.company.entity.ValidationForbidden;
import org.drawbridge.company.entity.ValidationMethod;
import org.drawbridge.kernel.Ids;
import org.drawbridge.kernel.Language;
import org.drawbridge.kernel.Vault;
import org.drawbridge.problem.Impossible;
import org.drawbridge.problem.MemberError;
import org.jspecify.annotations.Nullable;

/** Sets up companies and their applications, and validates domains. */
@ApplicationScoped
public class Administering {

  @Inject Companies companies;
  @Inject Applications applications;
  @Inject DomainProof proof;
  @Inject Vault vault;
  @Inject Event<CompanyChanged> changes;
  @Inject Clock clock;

  public Company addCompany(AdministratorCaller caller, String name) {
    if (!caller.isPlatform()) {
      throw new PlatformAdministratorRequired();
    }
    Instant now = clock.instant();
    Company company = new Company(Ids.next(now), name, now);
    companies.add(company);
    changes.fire(new CompanyChanged(company.id(), "company-added", company.id()));
    return company;
  }

  /**
   * @param name null to leave it
   * @param numberMatching null to leave it
   * @param language null to leave it
   */
  public Company changeCompany(
      Reach reach,
      UUID companyId,
      @Nullable String name,
      @Nullable Boolean numberMatching,
      @Nullable Language language) {
    Company company = companies.get(reach, companyId);
    if (name != null) {
      company.rename(name);
    }
    if (numberMatching != null) {
      company.matchNumbers(numberMatching);
    }
    if (language != null) {
      company.speak(language);
    }
    changes.fire(new CompanyChanged(companyId, "company-changed", companyId));
    return company;
  }

  public Application addApplication(Reach reach, UUID companyId, String name, String url) {
    companies.get(reach, companyId);
    DomainUrl domain =
        DomainUrl.parse(url)
            .orElseThrow(
                () ->
                    new Impossible(
                        MemberError.at(
                            "url", "must be an origin such as https://app.example.com")));
    if (applications.atUrl(companyId, domain.url()).isPresent()) {
      throw new DomainTaken();
    }
    Instant now = clock.instant();
    String token = HexFormat.of().formatHex(vault.randomBytes(20));
    Application application = new Application(companyId, Ids.next(now), name, domain, token, now);
    applications.add(application);
    changes.fire(
        new CompanyChanged(
            companyId, "application-added", application.id(), Map.of("url", domain.url())));
    return application;
  }

  /** Notes a change of settings; the caller has told the entity. */
  public void changed(Application application) {
    changes.fire(
        new CompanyChanged(application.companyId(), "application-changed", application.id()));
  }

  /**
   * Looks for the proof now, which takes some seconds and has no business in a transaction.
   *
   * @throws ValidationForbidden where the caller's word is none
   */
  public boolean isProven(
      AdministratorCaller caller, Application application, ValidationMethod method) {
    return switch (method) {
      case CNAME -> proof.isInDns(application);
      case FILE -> proof.isOnSite(application);
      case ADMINISTRATOR -> {
        if (!caller.isPlatform()) {
          throw new ValidationForbidden();
        }
        yield true;
      }
    };
  }

  /** The proof was seen; seen again, it changes nothing. */
  public void validated(Application application, ValidationMethod method) {
    if (!application.isValidated()) {
      application.validated(clock.instant());
      changes.fire(
          new CompanyChanged(
              application.companyId(),
              "application-validated",
              application.id(),
              Map.of("method", method.name())));
    }
  }
}
