package org.drawbridge.credential.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.drawbridge.access.AdministratorRequired;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.credential.control.CredentialRecords;
import org.drawbridge.credential.control.CredentialView;
import org.drawbridge.credential.control.CredentialViews;
import org.drawbridge.user.control.Users;
import org.drawbridge.user.entity.User;

/** The passkeys of a user, for administrators to see. */
@Path("users/{id}/credentials")
@RequestScoped
@Transactional
@AdministratorRequired
@Produces(MediaType.APPLICATION_JSON)
public class UserCredentialsResource {

  @Inject Users users;
  @Inject CredentialRecords records;
  @Inject CredentialViews views;
  @Inject CallerIdentity identity;

  @GET
  public List<CredentialView> list(@PathParam("id") UUID id) {
    User user = users.get(identity.reach(), id);
    return records.of(user.companyId(), user.id()).stream().map(views::of).toList();
  }
}
