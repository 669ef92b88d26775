package org.drawbridge.account.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.drawbridge.access.AdministratorRequired;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.account.control.GroupView;
import org.drawbridge.account.control.Grouping;
import org.drawbridge.account.control.Groups;
import org.drawbridge.account.entity.AccountGroup;

/** One group, and the accounts in it. */
@Path("groups/{id}")
@RequestScoped
@Transactional
@AdministratorRequired
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class GroupsResource {

  @Inject Grouping grouping;
  @Inject Groups groups;
  @Inject CallerIdentity identity;

  public record MembersRequest(@NotNull @Size(max = 5000) List<UUID> accountIds) {}

  public record MembersResponse(GroupView group, List<UUID> accountIds) {}

  @GET
  public GroupView get(@PathParam("id") UUID id) {
    return GroupView.of(groups.get(identity.reach(), id));
  }

  @GET
  @Path("members")
  public MembersResponse members(@PathParam("id") UUID id) {
    return members(groups.get(identity.reach(), id));
  }

  /** Makes the group hold exactly these accounts. */
  @PUT
  @Path("members")
  public MembersResponse setMembers(@PathParam("id") UUID id, MembersRequest request) {
    return members(grouping.setMembers(identity.caller(), id, request.accountIds()));
  }

  private MembersResponse members(AccountGroup group) {
    return new MembersResponse(
        GroupView.of(group), groups.members(group).stream().sorted().toList());
  }
}
