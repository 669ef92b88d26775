package org.drawbridge.architecture.planted.account.entity;

import jakarta.inject.Inject;

/** Wrong: a framework. */
public class SeesInjection {

  @Inject Object injected;
}
