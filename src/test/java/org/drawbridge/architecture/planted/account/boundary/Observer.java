package org.drawbridge.architecture.planted.account.boundary;

import jakarta.enterprise.event.Observes;

/** Right. */
final class Observer {

  void on(@Observes String event) {}
}
