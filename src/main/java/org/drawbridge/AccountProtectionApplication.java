package org.drawbridge;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;
import org.drawbridge.access.ApiKeyFilter;
import org.drawbridge.access.DomainTokenFilters;
import org.drawbridge.account.boundary.AccountStateResource;
import org.drawbridge.account.boundary.EnablingResource;
import org.drawbridge.approval.boundary.ApplicationApprovalsResource;
import org.drawbridge.auth0.boundary.PasswordChangesResource;
import org.drawbridge.auth0.boundary.PhoneMessagesResource;
import org.drawbridge.auth0.boundary.RegistrationDecisionsResource;
import org.drawbridge.auth0.boundary.WelcomesResource;
import org.drawbridge.policy.boundary.PoliciesResource;
import org.drawbridge.protection.boundary.ChecksResource;
import org.drawbridge.protection.boundary.LockChecksResource;
import org.drawbridge.registration.boundary.RegistrationResource;
import org.drawbridge.user.boundary.ImportsResource;

/** The account-protection API, for applications and companies' servers. */
@ApplicationPath("nl3/api/v1")
public class AccountProtectionApplication extends Application {

  @Override
  public Set<Class<?>> getClasses() {
    return Composition.of(
        DomainTokenFilters.ForCalls.class,
        DomainTokenFilters.ForChecks.class,
        DomainTokenFilters.ForEnablement.class,
        ApiKeyFilter.class,
        AccountStateResource.class,
        ApplicationApprovalsResource.class,
        ChecksResource.class,
        LockChecksResource.class,
        EnablingResource.class,
        ImportsResource.class,
        PasswordChangesResource.class,
        PhoneMessagesResource.class,
        PoliciesResource.class,
        RegistrationDecisionsResource.class,
        RegistrationResource.class,
        WelcomesResource.class);
  }

  @Override
  public Map<String, Object> getProperties() {
    return Composition.PROPERTIES;
  }
}
