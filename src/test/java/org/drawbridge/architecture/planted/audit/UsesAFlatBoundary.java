package org.drawbridge.architecture.planted.audit;

/** Wrong: a boundary, though in the same flat feature. */
public record UsesAFlatBoundary(WatchedResource resource) {}
