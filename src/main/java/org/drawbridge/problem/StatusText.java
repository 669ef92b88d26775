package org.drawbridge.problem;

/** What to say for a status that came from the server or the JAX-RS runtime, not from a rule. */
record StatusText(String type, String title, String detail) {

  static StatusText of(int status) {
    return switch (status) {
      case 400 ->
          new StatusText("malformed-request", "Malformed request", "The request is malformed.");
      case 401 -> new StatusText("unauthorized", "Unauthorized", "The caller is not known.");
      case 403 -> new StatusText("forbidden", "Forbidden", "The caller may not do this.");
      case 404 -> new StatusText("not-found", "Not found", "There is nothing at this address.");
      case 405 ->
          new StatusText(
              "method-not-allowed",
              "Method not allowed",
              "This address does not take this method.");
      case 406 ->
          new StatusText(
              "not-acceptable", "Not acceptable", "This address answers application/json.");
      case 413 ->
          new StatusText("content-too-large", "Content too large", "The body is over 256 KiB.");
      case 415 ->
          new StatusText(
              "unsupported-media-type", "Unsupported media type", "Send application/json.");
      case 503 ->
          new StatusText(
              "unavailable", "Service unavailable", "The service cannot answer just now.");
      default ->
          status < 500
              ? new StatusText("refused", "Refused", "The request was refused.")
              : new StatusText(
                  "internal-error", "Internal error", "The server failed; its log says why.");
    };
  }
}
