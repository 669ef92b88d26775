package org.drawbridge.architecture.planted;

import java.util.Set;
import org.drawbridge.architecture.planted.account.boundary.LocksResource;
import org.drawbridge.architecture.planted.audit.WatchedResource;

/** May use all. */
public class Composition {

  public Set<Class<?>> all() {
    return Set.of(LocksResource.class, WatchedResource.class);
  }
}
