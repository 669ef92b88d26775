package org.drawbridge.portal.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.drawbridge.access.SessionCookie;
import org.drawbridge.portal.control.Sessions;
import org.drawbridge.portal.entity.Session;
import org.drawbridge.user.entity.User;

/** Answers with a new session: its cookie, and the token for calls that change something. */
@RequestScoped
public class SignedIn {

  @Inject Sessions sessions;
  @Inject HttpServletRequest request;

  /** Who is signed in. */
  public record SignedInResponse(
      UUID userId, UUID companyId, String username, String name, String csrfToken) {}

  Response answer(User user) {
    Sessions.Begun begun = sessions.begin(user, request.getHeader(HttpHeaders.USER_AGENT));
    return Response.status(Response.Status.CREATED)
        .entity(
            new SignedInResponse(
                user.id(), user.companyId(), user.username(), user.fullName(), begun.csrfToken()))
        .cookie(SessionCookie.of(begun.secret(), Session.ABSOLUTE))
        .build();
  }
}
