package org.drawbridge.problem;

/** The kinds of refusal and the status (RFC 9110 section 15) that each is answered with. */
public enum Kind {
  MALFORMED(400, "Malformed request"),
  UNAUTHORIZED(401, "Unauthorized"),
  FORBIDDEN(403, "Forbidden"),
  NOT_FOUND(404, "Not found"),
  CONFLICT(409, "Conflict"),
  PRECONDITION_FAILED(412, "Precondition failed"),
  TOO_LARGE(413, "Content too large"),
  IMPOSSIBLE(422, "Unprocessable content"),
  TOO_MANY(429, "Too many requests"),
  UNAVAILABLE(503, "Service unavailable");

  private final int status;
  private final String title;

  Kind(int status, String title) {
    this.status = status;
    this.title = title;
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }
}
