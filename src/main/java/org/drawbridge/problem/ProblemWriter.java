package org.drawbridge.problem;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Writes a problem where JAX-RS is not at hand. */
public final class ProblemWriter {

  private ProblemWriter() {}

  public static void write(HttpServletResponse response, int status) throws IOException {
    write(response, Problem.ofStatus(status, Correlation.current()));
  }

  public static void write(HttpServletResponse response, Refusal refusal) throws IOException {
    write(response, Problem.of(refusal, Correlation.current()));
  }

  private static void write(HttpServletResponse response, Problem problem) throws IOException {
    if (response.isCommitted()) {
      return;
    }
    byte[] body = problem.json().toString().getBytes(StandardCharsets.UTF_8);
    response.resetBuffer();
    response.setStatus(problem.status());
    response.setContentType(Problem.MEDIA_TYPE);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
