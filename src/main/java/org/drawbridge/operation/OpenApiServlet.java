package org.drawbridge.operation;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * {@code /openapi}: the description of every call, in YAML, or in JSON for who asks for that by
 * {@code Accept} or {@code ?format=JSON}. The exact mapping wins over a server's own endpoint.
 */
@WebServlet("/openapi")
public class OpenApiServlet extends HttpServlet {

  private static final long serialVersionUID = 1;

  private byte[] yaml = {};
  private byte[] json = {};

  @Override
  public void init() {
    ApiDescription description = ApiDescription.load();
    yaml = description.yaml().getBytes(StandardCharsets.UTF_8);
    json = description.json().toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    boolean asJson = wantsJson(request);
    response.setContentType(asJson ? "application/json" : "application/yaml");
    response.setHeader("Vary", "Accept");
    response.setHeader("Cache-Control", "no-cache");
    response.getOutputStream().write(asJson ? json : yaml);
  }

  private static boolean wantsJson(HttpServletRequest request) {
    String format = request.getParameter("format");
    if (format != null) {
      return format.equalsIgnoreCase("json");
    }
    String accept = request.getHeader("Accept");
    return accept != null && accept.toLowerCase(Locale.ROOT).contains("application/json");
  }
}
