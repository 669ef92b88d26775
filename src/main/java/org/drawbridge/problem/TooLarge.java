package org.drawbridge.problem;

/** The body is larger than any call takes. */
public final class TooLarge extends Refusal {

  public TooLarge() {
    super(Kind.TOO_LARGE, "content-too-large", "The body is over 256 KiB.");
  }
}
