package org.drawbridge.access;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.NewCookie.SameSite;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The cookie by which a browser is known again. It goes with requests of our own pages alone. */
public final class DeviceCookie {

  private static final HostCookie COOKIE = HostCookie.of("drawbridge-device", SameSite.STRICT);

  private DeviceCookie() {}

  /** Null where the request has none. */
  public static @Nullable String in(HttpHeaders headers) {
    return COOKIE.in(headers.getCookies());
  }

  public static NewCookie of(String value, Duration lifetime) {
    return COOKIE.with(value, lifetime);
  }
}
