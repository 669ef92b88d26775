package org.drawbridge.portal.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import org.drawbridge.access.UserCaller;
import org.drawbridge.access.UserSessions;
import org.drawbridge.portal.control.Sessions;
import org.jspecify.annotations.Nullable;

/** Looks a request's session up, in a transaction that notes its use. */
@ApplicationScoped
public class SessionGate implements UserSessions {

  @Inject Sessions sessions;

  @Override
  @Transactional
  public @Nullable UserCaller session(String secret) {
    return sessions.use(secret).orElse(null);
  }

  @Override
  public boolean isCsrfToken(UserCaller session, String token) {
    return sessions.isCsrfToken(session.sessionId(), token);
  }
}
