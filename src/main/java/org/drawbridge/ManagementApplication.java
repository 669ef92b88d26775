package org.drawbridge;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;
import org.drawbridge.access.AdministratorFilter;
import org.drawbridge.access.SessionFilter;
import org.drawbridge.account.boundary.AccountsResource;
import org.drawbridge.account.boundary.CompanyGroupsResource;
import org.drawbridge.account.boundary.GroupsResource;
import org.drawbridge.approval.boundary.ApprovalTemplatesResource;
import org.drawbridge.approval.boundary.RecordedApprovalsResource;
import org.drawbridge.approval.boundary.UnlockRequestsResource;
import org.drawbridge.approval.boundary.VotesResource;
import org.drawbridge.audit.boundary.ActivityChainResource;
import org.drawbridge.audit.boundary.ActivityResource;
import org.drawbridge.auth0.boundary.Auth0PackResource;
import org.drawbridge.auth0.boundary.RegistrationRulesResource;
import org.drawbridge.challenge.boundary.ChallengeActionsResource;
import org.drawbridge.challenge.boundary.ChallengePageResource;
import org.drawbridge.challenge.boundary.ChallengeSettingsResource;
import org.drawbridge.company.boundary.AdministratorsResource;
import org.drawbridge.company.boundary.ApiKeysResource;
import org.drawbridge.company.boundary.ApplicationsResource;
import org.drawbridge.company.boundary.ChallengeSecretsResource;
import org.drawbridge.company.boundary.CompaniesResource;
import org.drawbridge.company.boundary.CompanyApplicationsResource;
import org.drawbridge.company.boundary.SigningKeysResource;
import org.drawbridge.company.boundary.ValidationResource;
import org.drawbridge.credential.boundary.PasskeyRulesResource;
import org.drawbridge.credential.boundary.UserCredentialsResource;
import org.drawbridge.notification.boundary.OutboxResource;
import org.drawbridge.notification.boundary.PushSubscriptionsResource;
import org.drawbridge.notification.boundary.WebhooksResource;
import org.drawbridge.operation.VersionResource;
import org.drawbridge.policy.boundary.PolicyPreviewResource;
import org.drawbridge.policy.boundary.PolicySimulationResource;
import org.drawbridge.portal.boundary.ContinuationResource;
import org.drawbridge.portal.boundary.EnrolmentResource;
import org.drawbridge.portal.boundary.MeResource;
import org.drawbridge.portal.boundary.MyCredentialsResource;
import org.drawbridge.portal.boundary.MyRecoveryCodesResource;
import org.drawbridge.portal.boundary.MySessionsResource;
import org.drawbridge.portal.boundary.RecoveryResource;
import org.drawbridge.portal.boundary.SessionsResource;
import org.drawbridge.protection.boundary.RecordedChecksResource;
import org.drawbridge.signal.boundary.BreachSignalsResource;
import org.drawbridge.signal.boundary.EventTransmittersResource;
import org.drawbridge.signal.boundary.SecurityEventsResource;
import org.drawbridge.user.boundary.ApplicationAccountsResource;
import org.drawbridge.user.boundary.BreakGlassCodesResource;
import org.drawbridge.user.boundary.BreakGlassResource;
import org.drawbridge.user.boundary.CompanyUsersResource;
import org.drawbridge.user.boundary.UserRecoveryResource;
import org.drawbridge.user.boundary.UsersResource;

/** The management API: for administrators and their tools, and for the pages that people see. */
@ApplicationPath("api/v1")
public class ManagementApplication extends Application {

  @Override
  public Set<Class<?>> getClasses() {
    return Composition.of(
        AdministratorFilter.class,
        SessionFilter.class,
        AccountsResource.class,
        ActivityChainResource.class,
        ActivityResource.class,
        AdministratorsResource.class,
        ApiKeysResource.class,
        ApplicationAccountsResource.class,
        ApplicationsResource.class,
        ValidationResource.class,
        VotesResource.class,
        ApprovalTemplatesResource.class,
        Auth0PackResource.class,
        BreachSignalsResource.class,
        BreakGlassCodesResource.class,
        BreakGlassResource.class,
        ChallengeActionsResource.class,
        ChallengePageResource.class,
        ChallengeSecretsResource.class,
        ChallengeSettingsResource.class,
        CompaniesResource.class,
        CompanyApplicationsResource.class,
        RecordedApprovalsResource.class,
        CompanyGroupsResource.class,
        CompanyUsersResource.class,
        ContinuationResource.class,
        EnrolmentResource.class,
        EventTransmittersResource.class,
        GroupsResource.class,
        MeResource.class,
        MyCredentialsResource.class,
        MyRecoveryCodesResource.class,
        MySessionsResource.class,
        OutboxResource.class,
        PasskeyRulesResource.class,
        PolicyPreviewResource.class,
        PolicySimulationResource.class,
        PushSubscriptionsResource.class,
        RecordedChecksResource.class,
        RecoveryResource.class,
        RegistrationRulesResource.class,
        SecurityEventsResource.class,
        SessionsResource.class,
        SigningKeysResource.class,
        UnlockRequestsResource.class,
        UserCredentialsResource.class,
        UserRecoveryResource.class,
        UsersResource.class,
        VersionResource.class,
        WebhooksResource.class);
  }

  @Override
  public Map<String, Object> getProperties() {
    return Composition.PROPERTIES;
  }
}
