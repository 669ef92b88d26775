package org.drawbridge;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;
import org.drawbridge.access.DomainTokenFilters;
import org.drawbridge.protection.boundary.ChecksResource;

/** The protection check at the address that Auth0 Actions in the field use. */
@ApplicationPath("v1")
public class ProtectionCheckApplication extends Application {

  @Override
  public Set<Class<?>> getClasses() {
    return Composition.of(DomainTokenFilters.ForChecks.class, ChecksResource.class);
  }

  @Override
  public Map<String, Object> getProperties() {
    return Composition.PROPERTIES;
  }
}
