package org.drawbridge.operation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Says what runs here. Open to everybody, touches nothing: the least that a request can cost. */
@Path("version")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class VersionResource {

  public record VersionResponse(String name, String version) {}

  private static final VersionResponse VERSION = new VersionResponse("Drawbridge", Build.version());

  @GET
  public VersionResponse get() {
    return VERSION;
  }
}
