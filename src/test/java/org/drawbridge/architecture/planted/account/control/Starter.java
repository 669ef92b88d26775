package org.drawbridge.architecture.planted.account.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;

/** Right: it observes no other feature. */
final class Starter {

  void begin(@Observes @Initialized(ApplicationScoped.class) Object start) {}
}
