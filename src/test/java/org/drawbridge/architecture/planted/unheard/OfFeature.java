package org.drawbridge.architecture.planted.unheard;

/** Wrong: the architecture knows no such feature. */
public class OfFeature {}
