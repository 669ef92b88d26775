package org.drawbridge.user.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.drawbridge.access.AdministratorRequired;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.company.control.Companies;
import org.drawbridge.kernel.EmailAddress;
import org.drawbridge.kernel.Language;
import org.drawbridge.kernel.Page;
import org.drawbridge.kernel.PageRequest;
import org.drawbridge.kernel.PhoneNumber;
import org.drawbridge.user.control.AddingUsers;
import org.drawbridge.user.control.UserView;
import org.drawbridge.user.control.UserViews;
import org.drawbridge.user.control.Users;
import org.drawbridge.user.entity.Preferences;
import org.drawbridge.user.entity.User;
import org.drawbridge.user.entity.UserType;
import org.jspecify.annotations.Nullable;

/** The users of a company: added and listed. */
@Path("companies/{companyId}/users")
@RequestScoped
@Transactional
@AdministratorRequired
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class CompanyUsersResource {

  @Inject AddingUsers adding;
  @Inject Users users;
  @Inject UserViews views;
  @Inject Companies companies;
  @Inject CallerIdentity identity;

  public record UserRequest(
      @NotBlank @Size(max = 255) String username,
      @NotBlank @EmailAddress String email,
      @JsonbProperty("first_name") @NotBlank @Size(max = 255) String firstName,
      @JsonbProperty("last_name") @NotBlank @Size(max = 255) String lastName,
      @Nullable @PhoneNumber String phone,
      @Nullable UserType userType,
      @Nullable @Min(0) @Max(Preferences.MAX_AUTO_LOCK_MINUTES) Integer autoLockMinutes,
      @Nullable Boolean autoLockOnAttempt,
      @Nullable Boolean autoLockOnBreach,
      @Nullable Boolean autoLockOnSuccess,
      @Nullable Boolean allowEmailNotification,
      @Nullable Boolean allowSmsNotification,
      @Nullable @Pattern(regexp = Language.TAGS) String language) {}

  @POST
  public Response add(@PathParam("companyId") UUID companyId, UserRequest request) {
    User user =
        adding.add(
            identity.caller(),
            companyId,
            request.username(),
            request.email(),
            request.firstName(),
            request.lastName());
    user.phonedAt(request.phone());
    user.prefer(
        new Preferences(
            request.userType(),
            request.autoLockMinutes(),
            request.autoLockOnAttempt(),
            request.autoLockOnBreach(),
            request.autoLockOnSuccess(),
            request.allowEmailNotification(),
            request.allowSmsNotification(),
            request.language() == null ? null : Language.of(request.language())));
    return Response.status(Response.Status.CREATED).entity(views.of(user)).build();
  }

  @GET
  public Page<UserView> page(@PathParam("companyId") UUID companyId, @BeanParam PageRequest page) {
    companies.get(identity.reach(), companyId);
    return users.page(companyId, page).map(views::of);
  }
}
