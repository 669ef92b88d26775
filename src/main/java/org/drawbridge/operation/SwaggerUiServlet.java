package org.drawbridge.operation;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;

/**
 * The files of Swagger UI that {@code /api/} needs, at an address without a version, so that no
 * page has to know which one the build took.
 */
@WebServlet("/api/swagger-ui/*")
public class SwaggerUiServlet extends HttpServlet {

  private static final long serialVersionUID = 1;

  private static final Set<String> FILES = Set.of("/swagger-ui.css", "/swagger-ui-bundle.js");

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    String file = request.getPathInfo();
    if (file == null || !FILES.contains(file)) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    request
        .getRequestDispatcher("/webjars/swagger-ui/" + Build.swaggerUiVersion() + file)
        .forward(request, response);
  }
}
