package org.drawbridge.architecture.planted.account.control;

import jakarta.enterprise.event.Observes;

/** Wrong: no boundary. */
final class Observer {

  void on(@Observes String event) {}
}
