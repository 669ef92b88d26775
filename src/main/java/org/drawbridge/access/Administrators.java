package org.drawbridge.access;

import org.jspecify.annotations.Nullable;

/** Where administrators are known; implemented by the feature that owns them. */
public interface Administrators {

  /** Null where nobody has this bearer token. Compares in constant time. */
  @Nullable AdministratorCaller bearer(String token);
}
