package org.drawbridge.credential.boundary;

import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.spi.JsonProvider;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.drawbridge.credential.control.RelyingParties;

/**
 * {@code /.well-known/webauthn} (WebAuthn Level 3 section 5.11.1): the origins whose pages may use
 * passkeys of ours. A servlet, because servers give a file without an extension no content type.
 */
@WebServlet("/.well-known/webauthn")
public class RelatedOriginsServlet extends HttpServlet {

  private static final long serialVersionUID = 1;

  private static final JsonProvider JSON = JsonProvider.provider();

  @Inject transient RelyingParties relyingParties;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    JsonArrayBuilder origins = JSON.createArrayBuilder();
    relyingParties.relatedOrigins().forEach(origins::add);
    byte[] body =
        JSON.createObjectBuilder()
            .add("origins", origins)
            .build()
            .toString()
            .getBytes(StandardCharsets.UTF_8);
    response.setContentType("application/json");
    response.setHeader("Cache-Control", "no-cache");
    response.getOutputStream().write(body);
  }
}
