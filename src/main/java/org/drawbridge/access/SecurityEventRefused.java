package org.drawbridge.access;

/**
 * A Security Event Token was not taken. Its message says why, for the one who sent it; the code is
 * one of RFC 8935 section 2.4.
 */
public final class SecurityEventRefused extends Exception {

  private static final long serialVersionUID = 1;

  private final String code;

  public SecurityEventRefused(String code, String description) {
    super(description);
    this.code = code;
  }

  public String code() {
    return code;
  }
}
