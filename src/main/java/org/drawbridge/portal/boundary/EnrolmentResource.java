package org.drawbridge.portal.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.access.DomainCaller;
import org.drawbridge.access.SessionRequired;
import org.drawbridge.access.UserCaller;
import org.drawbridge.account.control.AccountView;
import org.drawbridge.account.control.AccountViews;
import org.drawbridge.account.control.Claiming;
import org.drawbridge.account.control.Enabling;
import org.drawbridge.account.entity.Account;
import org.drawbridge.credential.control.Passkeys;
import org.drawbridge.credential.control.Registering;
import org.drawbridge.credential.control.RegistrationWish;
import org.drawbridge.credential.entity.Ceremony.Party;
import org.drawbridge.credential.entity.CredentialRecord;
import org.drawbridge.portal.control.EnrolmentLinks;
import org.drawbridge.portal.control.EnrolmentLinks.ForAccount;
import org.drawbridge.portal.control.EnrolmentLinks.ForUser;
import org.drawbridge.problem.Refusal;
import org.drawbridge.registration.control.AccountRegistration;
import org.drawbridge.registration.control.AccountRegistration.ConfirmRequest;
import org.drawbridge.registration.control.AccountRegistration.FinishRequest;
import org.drawbridge.registration.control.AccountRegistration.SignUpRequest;
import org.drawbridge.registration.control.AccountRegistration.StartRequest;
import org.drawbridge.user.entity.EnrolmentClosed;
import org.drawbridge.user.entity.User;
import org.jspecify.annotations.Nullable;

/**
 * What the page behind an enrolment link calls. The link's {@code auth-token} is the credential, in
 * a header. What a refused call has used up stays used up.
 */
@Path("enrolment")
@RequestScoped
@Transactional(dontRollbackOn = Refusal.class)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class EnrolmentResource {

  private static final String HEADER = "x-drawbridge-enrolment";

  @Inject EnrolmentLinks links;
  @Inject AccountRegistration registration;
  @Inject Registering registering;
  @Inject Passkeys passkeys;
  @Inject Enabling enabling;
  @Inject Claiming claiming;
  @Inject AccountViews accountViews;
  @Inject SignedIn signedIn;
  @Inject CallerIdentity identity;
  @Inject Clock clock;

  @HeaderParam(HEADER)
  @Nullable String token;

  /**
   * What the link is for: to claim an account, or for a user who was invited.
   *
   * @param kind {@code ACCOUNT}, with application and account, or {@code USER}, with a user name
   */
  public record EnrolmentResponse(
      String kind,
      String company,
      @Nullable String application,
      @Nullable String url,
      @Nullable String userAccountId,
      @Nullable String username) {}

  @GET
  public EnrolmentResponse get() {
    return links
        .unclaimedAccount(token)
        .map(
            account ->
                new EnrolmentResponse(
                    "ACCOUNT",
                    account.company(),
                    account.application(),
                    account.url(),
                    account.caller().subject(),
                    null))
        .orElseGet(
            () -> {
              ForUser user = user();
              return new EnrolmentResponse(
                  "USER", user.company(), null, null, null, user.user().username());
            });
  }

  @POST
  @Path("start")
  public JsonObject start(StartRequest request) {
    return registration.start(account().caller(), request);
  }

  @POST
  @Path("finish")
  public JsonObject finish(FinishRequest request) {
    return registration.finish(account().caller(), request);
  }

  @POST
  @Path("signup")
  public JsonObject signUp(SignUpRequest request) {
    return registration.signUp(account().caller(), request);
  }

  /** Also signs the person in. */
  @POST
  @Path("confirmSignup")
  public Response confirm(ConfirmRequest request) {
    return signedIn.answer(registration.confirm(account().caller(), request));
  }

  /** Gives the account to the person who is signed in. */
  @POST
  @Path("claim")
  @SessionRequired
  public AccountView claim() {
    DomainCaller caller = account().caller();
    UserCaller person = identity.user();
    if (!person.companyId().equals(caller.companyId())) {
      throw EnrolmentClosed.unknown();
    }
    Account account = enabling.enableFor(caller, person.userId());
    claiming.claim(account, person.userId());
    return accountViews.of(account);
  }

  /** For a user who was invited. */
  @POST
  @Path("passkey/start")
  public SessionsResource.StartedResponse startPasskey() {
    User user = user().user();
    Registering.Started started =
        registering.start(
            party(user),
            user.fullName(),
            Registering.DEFAULT_NICKNAME,
            RegistrationWish.passkey(),
            passkeys.of(user));
    return new SessionsResource.StartedResponse(started.id(), started.standard());
  }

  /** Uses the invitation up, and signs the person in. */
  @POST
  @Path("passkey")
  public Response finishPasskey(SessionsResource.FinishRequest request) {
    ForUser invited = user();
    CredentialRecord record =
        registering
            .finish(request.ceremonyId(), request.credential(), party(invited.user()))
            .record();
    invited.enrolment().use(clock.instant());
    passkeys.give(record, invited.user());
    if (invited.enrolment().provesEmail()) {
      invited.user().verifiedEmail();
    }
    return signedIn.answer(invited.user());
  }

  private static Party party(User user) {
    return Party.user(user.companyId(), user.id(), user.username());
  }

  private ForAccount account() {
    return links.unclaimedAccount(token).orElseThrow(EnrolmentClosed::unknown);
  }

  private ForUser user() {
    return links.user(token == null ? "" : token, clock.instant());
  }
}
