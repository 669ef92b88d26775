package org.drawbridge.account.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.drawbridge.access.CallTokenRequired;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.account.control.Vouching;

/** How the account stands that the token's {@code sub} names. */
@Path("sdk/accountState")
@RequestScoped
@Transactional
@CallTokenRequired
@Produces(MediaType.APPLICATION_JSON)
public class AccountStateResource {

  @Inject Vouching vouching;
  @Inject CallerIdentity identity;

  @GET
  public Vouching.Standing state() {
    return vouching.of(identity.application());
  }
}
