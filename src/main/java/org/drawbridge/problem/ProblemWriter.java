package org.drawbridge.problem;

import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Writes a problem where JAX-RS is not at hand. */
public final class ProblemWriter {

  private ProblemWriter() {}

  public static void write(HttpServletResponse response, int status) throws IOException {
    write(response, Problem.ofStatus(status, Correlation.current()));
  }

  public static void write(HttpServletResponse response, Problem problem) throws IOException {
    write(response, problem.status(), Problem.MEDIA_TYPE, problem.json());
  }

  /** The same in other words, for an API that has its own. */
  public static void write(
      HttpServletResponse response, int status, String mediaType, JsonObject json)
      throws IOException {
    if (response.isCommitted()) {
      return;
    }
    byte[] body = json.toString().getBytes(StandardCharsets.UTF_8);
    response.resetBuffer();
    response.setStatus(status);
    response.setContentType(mediaType);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
