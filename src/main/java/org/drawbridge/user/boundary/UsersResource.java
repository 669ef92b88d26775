package org.drawbridge.user.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.drawbridge.access.AdministratorRequired;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.kernel.Change;
import org.drawbridge.kernel.CompanyEvent;
import org.drawbridge.kernel.EmailAddress;
import org.drawbridge.kernel.Language;
import org.drawbridge.kernel.PhoneNumber;
import org.drawbridge.problem.Malformed;
import org.drawbridge.problem.MemberError;
import org.drawbridge.user.control.ChangingAddresses;
import org.drawbridge.user.control.UserView;
import org.drawbridge.user.control.UserViews;
import org.drawbridge.user.control.Users;
import org.drawbridge.user.entity.Preferences;
import org.drawbridge.user.entity.User;
import org.drawbridge.user.entity.UserChanged;
import org.drawbridge.user.entity.UserType;
import org.jspecify.annotations.Nullable;

/** One user, and what the person prefers. */
@Path("users/{id}")
@RequestScoped
@Transactional
@AdministratorRequired
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class UsersResource {

  @Inject Users users;
  @Inject ChangingAddresses addresses;
  @Inject UserViews views;
  @Inject Event<CompanyEvent> events;
  @Inject CallerIdentity identity;

  public record UserPatch(
      @Nullable @EmailAddress String email,
      @JsonbProperty("first_name") @Nullable @Size(min = 1, max = 255) String firstName,
      @JsonbProperty("last_name") @Nullable @Size(min = 1, max = 255) String lastName,
      Change<String> phone,
      @Nullable UserType userType,
      @Nullable @Min(0) @Max(Preferences.MAX_AUTO_LOCK_MINUTES) Integer autoLockMinutes,
      @Nullable Boolean autoLockOnAttempt,
      @Nullable Boolean autoLockOnBreach,
      @Nullable Boolean autoLockOnSuccess,
      @Nullable Boolean allowEmailNotification,
      @Nullable Boolean allowSmsNotification,
      @Nullable @Pattern(regexp = Language.TAGS) String language) {}

  @GET
  public UserView get(@PathParam("id") UUID id) {
    return views.of(users.get(identity.reach(), id));
  }

  @PATCH
  public UserView patch(@PathParam("id") UUID id, UserPatch patch) {
    User user = users.lock(identity.reach(), id);
    if (patch.email() != null) {
      addresses.mailTo(user, patch.email());
    }
    user.named(
        patch.firstName() == null ? user.firstName() : patch.firstName(),
        patch.lastName() == null ? user.lastName() : patch.lastName());
    if (patch.phone().isPresent()) {
      addresses.textTo(user, phone(patch.phone().value()));
    }
    user.prefer(
        new Preferences(
            patch.userType(),
            patch.autoLockMinutes(),
            patch.autoLockOnAttempt(),
            patch.autoLockOnBreach(),
            patch.autoLockOnSuccess(),
            patch.allowEmailNotification(),
            patch.allowSmsNotification(),
            patch.language() == null ? null : Language.of(patch.language())));
    events.fire(new UserChanged(user.companyId(), "user-changed", id, Map.of()));
    return views.of(user);
  }

  private static @Nullable String phone(@Nullable String phone) {
    if (phone != null && !phone.matches(PhoneNumber.PATTERN)) {
      throw new Malformed(List.of(MemberError.at("phone", PhoneNumber.MESSAGE)));
    }
    return phone;
  }
}
