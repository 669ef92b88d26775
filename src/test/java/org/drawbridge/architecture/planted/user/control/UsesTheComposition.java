package org.drawbridge.architecture.planted.user.control;

import org.drawbridge.architecture.planted.Composition;

/** Wrong: the composition is for nobody. */
public record UsesTheComposition(Composition composition) {}
