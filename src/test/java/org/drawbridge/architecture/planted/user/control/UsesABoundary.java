package org.drawbridge.architecture.planted.user.control;

import org.drawbridge.architecture.planted.account.boundary.LocksResource;

/** Wrong: another feature's boundary. */
public record UsesABoundary(LocksResource.Answer answer) {}
