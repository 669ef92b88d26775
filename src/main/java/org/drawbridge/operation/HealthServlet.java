package org.drawbridge.operation;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * {@code /health/live} and {@code /health/ready}, in the form of MicroProfile Health, the same on
 * every server: 200 when up, 503 when not. Exact mappings win over a server's own endpoints.
 */
@WebServlet({"/health", "/health/live", "/health/ready"})
public class HealthServlet extends HttpServlet {

  private static final long serialVersionUID = 1;

  private static final JsonBuilderFactory BUILDERS = Json.createBuilderFactory(Map.of());

  @Inject transient Readiness readiness;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    JsonObjectBuilder body = BUILDERS.createObjectBuilder();
    boolean up = true;
    var checks = BUILDERS.createArrayBuilder();
    if (!request.getServletPath().endsWith("live")) {
      boolean database = readiness.isDatabaseReachable();
      boolean migration = readiness.isSchemaMigrated();
      up = database && migration;
      checks.add(check("database", database)).add(check("migration", migration));
    }
    body.add("status", up ? "UP" : "DOWN").add("checks", checks);
    response.setStatus(up ? 200 : 503);
    response.setContentType("application/json");
    response.setHeader("Cache-Control", "no-store");
    response.getOutputStream().write(body.build().toString().getBytes(StandardCharsets.UTF_8));
  }

  private static JsonObject check(String name, boolean up) {
    return BUILDERS
        .createObjectBuilder()
        .add("name", name)
        .add("status", up ? "UP" : "DOWN")
        .build();
  }
}
