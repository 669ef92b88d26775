package org.drawbridge.architecture.planted.user.boundary;

import org.drawbridge.architecture.planted.account.boundary.LocksResource;

/** Wrong: another feature's boundary. */
public record UsesAnothersBoundary(LocksResource.Answer answer) {}
