package org.drawbridge.access;

import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.NewCookie.SameSite;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The cookie that carries a session. Other sites' requests do not carry it, but for links. */
public final class SessionCookie {

  private static final HostCookie COOKIE = HostCookie.of("drawbridge-session", SameSite.LAX);

  private SessionCookie() {}

  /** Null where the request has none. */
  static @Nullable String in(Map<String, Cookie> cookies) {
    return COOKIE.in(cookies);
  }

  /**
   * @param lifetime zero to take the cookie away
   */
  public static NewCookie of(String secret, Duration lifetime) {
    return COOKIE.with(secret, lifetime);
  }
}
