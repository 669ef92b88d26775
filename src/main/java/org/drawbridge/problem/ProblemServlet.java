package org.drawbridge.problem;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Where {@code error-page} leads: errors that never reached JAX-RS are problems too. */
@WebServlet("/problem")
public class ProblemServlet extends HttpServlet {

  private static final long serialVersionUID = 1;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    if (request.getAttribute(Correlation.HEADER) instanceof String correlation) {
      Correlation.resume(correlation);
    } else {
      // The server refused it before any filter saw it.
      response.setHeader(Correlation.HEADER, Correlation.begin());
    }
    boolean isError = request.getDispatcherType() == DispatcherType.ERROR;
    try {
      ProblemWriter.write(
          response,
          isError && status instanceof Integer code ? code : HttpServletResponse.SC_NOT_FOUND);
    } finally {
      Correlation.end();
    }
  }
}
