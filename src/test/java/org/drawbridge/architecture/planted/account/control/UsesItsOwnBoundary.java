package org.drawbridge.architecture.planted.account.control;

import org.drawbridge.architecture.planted.account.boundary.LocksResource;

/** Wrong: looks outwards. */
public record UsesItsOwnBoundary(LocksResource.Answer answer) {}
