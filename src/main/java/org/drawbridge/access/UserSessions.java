package org.drawbridge.access;

import org.jspecify.annotations.Nullable;

/** Where the sessions of people are known; implemented by the feature that owns them. */
public interface UserSessions {

  /** Null where there is no such session, or it is over. Compares in constant time. */
  @Nullable UserCaller session(String secret);

  /** Whether this is the session's token against cross-site requests; in constant time. */
  boolean isCsrfToken(UserCaller session, String token);
}
