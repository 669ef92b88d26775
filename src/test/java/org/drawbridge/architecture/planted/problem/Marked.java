package org.drawbridge.architecture.planted.problem;

/** In a package that is checked for nulls. */
public final class Marked {

  private Marked() {}
}
