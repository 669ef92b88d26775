package org.drawbridge.access;

import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.NewCookie.SameSite;
import java.time.Duration;
import java.util.Map;
import org.drawbridge.kernel.Settings;
import org.jspecify.annotations.Nullable;

/**
 * A cookie of this host alone (RFC 6265bis), which scripts cannot read. Behind TLS it is {@code
 * Secure}, and its prefix keeps neighbouring hosts from setting it.
 *
 * @param sameSite with which requests of other sites it goes
 */
record HostCookie(String name, SameSite sameSite) {

  private static final boolean SECURE =
      "https".equalsIgnoreCase(Settings.current().publicUrl().getScheme());

  static HostCookie of(String name, SameSite sameSite) {
    return new HostCookie((SECURE ? "__Host-" : "") + name, sameSite);
  }

  /** Null where the request has none. */
  @Nullable String in(Map<String, Cookie> cookies) {
    Cookie cookie = cookies.get(name);
    return cookie == null ? null : cookie.getValue();
  }

  /**
   * @param lifetime zero to take the cookie away
   */
  NewCookie with(String value, Duration lifetime) {
    return new NewCookie.Builder(name)
        .value(value)
        .path("/")
        .maxAge((int) lifetime.toSeconds())
        .httpOnly(true)
        .secure(SECURE)
        .sameSite(sameSite)
        .build();
  }
}
