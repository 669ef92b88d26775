package org.drawbridge.account.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.drawbridge.access.AdministratorRequired;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.account.control.GroupView;
import org.drawbridge.account.control.Grouping;
import org.drawbridge.account.entity.AccountGroup;
import org.drawbridge.kernel.Page;
import org.drawbridge.kernel.PageRequest;
import org.jspecify.annotations.Nullable;

/** The groups of a company's accounts: added and listed. */
@Path("companies/{companyId}/groups")
@RequestScoped
@Transactional
@AdministratorRequired
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class CompanyGroupsResource {

  @Inject Grouping grouping;
  @Inject CallerIdentity identity;

  public record GroupRequest(
      @NotBlank @Size(max = 100) String groupKey,
      @NotBlank @Size(max = 255) String groupName,
      @Nullable @Size(max = 1000) String groupDescription) {}

  @POST
  public Response add(@PathParam("companyId") UUID companyId, GroupRequest request) {
    AccountGroup group =
        grouping.add(
            identity.caller(),
            companyId,
            request.groupKey(),
            request.groupName(),
            request.groupDescription());
    return Response.status(Response.Status.CREATED).entity(GroupView.of(group)).build();
  }

  @GET
  public Page<GroupView> page(@PathParam("companyId") UUID companyId, @BeanParam PageRequest page) {
    return grouping.page(identity.reach(), companyId, page).map(GroupView::of);
  }
}
