package org.drawbridge.access;

import jakarta.ws.rs.core.NewCookie;
import java.time.Duration;
import org.drawbridge.kernel.Settings;

/**
 * The cookie that carries a session (RFC 6265bis). Scripts cannot read it, and other sites'
 * requests do not carry it, but for links. Behind TLS it is {@code Secure}, and its prefix keeps
 * neighbouring hosts from setting it.
 */
public final class SessionCookie {

  private static final boolean SECURE =
      "https".equalsIgnoreCase(Settings.current().publicUrl().getScheme());

  public static final String NAME = (SECURE ? "__Host-" : "") + "drawbridge-session";

  private SessionCookie() {}

  /**
   * @param lifetime zero to take the cookie away
   */
  public static NewCookie of(String secret, Duration lifetime) {
    return new NewCookie.Builder(NAME)
        .value(secret)
        .path("/")
        .maxAge((int) lifetime.toSeconds())
        .httpOnly(true)
        .secure(SECURE)
        .sameSite(NewCookie.SameSite.LAX)
        .build();
  }
}
