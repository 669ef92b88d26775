package org.drawbridge.protection.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.drawbridge.access.CheckTokenRequired;
import org.drawbridge.access.DomainCaller;
import org.drawbridge.access.DomainTokenFilters;
import org.drawbridge.kernel.Storable;
import org.drawbridge.problem.Malformed;
import org.drawbridge.problem.MemberError;
import org.drawbridge.problem.NotFound;
import org.drawbridge.problem.StorageUnavailable;
import org.drawbridge.protection.control.FindingAccounts;
import org.drawbridge.protection.entity.Login;
import org.jspecify.annotations.Nullable;

/** The same question as {@link ChecksResource}, about an account that the body names. */
@Path("sdk/accountLockCheck")
@ApplicationScoped
@CheckTokenRequired
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class LockChecksResource {

  /** Of either; a token has 91 characters. */
  private static final int MAX_LENGTH = 255;

  @Inject Asking asking;
  @Inject FindingAccounts accounts;

  /** Asks about the account that the body names, which must exist. */
  @POST
  public String lockCheck(
      @HeaderParam(DomainTokenFilters.HEADER) String token,
      @HeaderParam("x-nl3-device-location") @Nullable String deviceLocation,
      @HeaderParam("x-forwarded-for") @Nullable String forwardedFor,
      @HeaderParam(HttpHeaders.USER_AGENT) @Nullable String userAgent,
      @Context SecurityContext security,
      byte @Nullable [] body) {
    DomainCaller caller = DomainTokenFilters.caller(security);
    long deadline = DomainTokenFilters.deadline(security);
    JsonObject asked = Asking.object(body);
    String userAccountId = text(asked, "userAccountId");
    String nl3UserToken = text(asked, "nl3UserToken");
    if ((userAccountId == null) == (nl3UserToken == null)) {
      throw new Malformed(
          List.of(new MemberError("", "must have exactly one of userAccountId and nl3UserToken")));
    }
    Login login = Login.of(asked, deviceLocation, forwardedFor, userAgent);
    if (nl3UserToken != null) {
      try {
        userAccountId =
            accounts
                .userAccountId(caller, nl3UserToken, deadline)
                .orElseThrow(() -> new NotFound("account"));
      } catch (StorageUnavailable e) {
        return asking.unrecorded(caller);
      }
    }
    return asking.answer(token, caller, String.valueOf(userAccountId), true, login, deadline);
  }

  private static @Nullable String text(JsonObject asked, String member) {
    JsonValue value = asked.get(member);
    if (value == null || value == JsonValue.NULL) {
      return null;
    }
    if (value instanceof JsonString string
        && !string.getString().isEmpty()
        && string.getString().length() <= MAX_LENGTH
        && Storable.isStorable(string.getString())) {
      return string.getString();
    }
    throw new Malformed(
        List.of(MemberError.at(member, "must be a text of 1 to " + MAX_LENGTH + " characters")));
  }
}
