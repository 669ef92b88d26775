package org.drawbridge.approval.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.drawbridge.access.AdministratorRequired;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.approval.control.ApprovalTemplates;
import org.drawbridge.approval.control.ApprovalTemplates.Terms;
import org.drawbridge.approval.entity.ApprovalTemplate;
import org.jspecify.annotations.Nullable;

/** The templates of a company's approval requests. */
@Path("companies/{companyId}/approval-templates")
@RequestScoped
@Transactional
@AdministratorRequired
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ApprovalTemplatesResource {

  @Inject ApprovalTemplates templates;
  @Inject CallerIdentity identity;

  /**
   * @param text with {@code ${key}} where a request fills something in
   * @param defaults what is filled in where a request gives nothing
   * @param approvers ids, user names or e-mails
   * @param groups ids or keys; the owners of their accounts are asked, too
   */
  public record ApprovalTemplateRequest(
      @NotBlank @Pattern(regexp = "[A-Za-z0-9_.-]{1,100}") String key,
      @NotBlank @Size(max = 255) String title,
      @NotBlank @Size(max = 2000) String text,
      @Nullable JsonObject defaults,
      @Nullable @Size(max = 100) List<String> approvers,
      @Nullable @Size(max = 20) List<String> groups,
      @Nullable @Pattern(regexp = "APPROVE|SIGN_AND_APPROVE") String type,
      @Nullable @Min(1) @Max(100) Integer requiredApprovals) {

    Terms terms() {
      return new Terms(
          title,
          text,
          TextValues.of("defaults", defaults),
          "SIGN_AND_APPROVE".equals(type),
          requiredApprovals == null ? 1 : requiredApprovals,
          approvers,
          groups);
    }
  }

  /**
   * @param approvers the ids of users
   * @param groups their ids
   */
  public record ApprovalTemplateResponse(
      UUID id,
      String key,
      String title,
      String text,
      Map<String, String> defaults,
      List<UUID> approvers,
      List<UUID> groups,
      String type,
      int requiredApprovals,
      Instant createdDate) {

    static ApprovalTemplateResponse of(ApprovalTemplate template) {
      return new ApprovalTemplateResponse(
          template.id(),
          template.key(),
          template.title(),
          template.text(),
          template.defaults(),
          template.approvers().stream().sorted().toList(),
          template.groups().stream().sorted().toList(),
          template.isSigned() ? "SIGN_AND_APPROVE" : "APPROVE",
          template.quorum(),
          template.createdAt());
    }
  }

  @POST
  public Response add(@PathParam("companyId") UUID companyId, ApprovalTemplateRequest request) {
    ApprovalTemplate template =
        templates.add(identity.caller(), companyId, request.key(), request.terms());
    return Response.status(Response.Status.CREATED)
        .entity(ApprovalTemplateResponse.of(template))
        .build();
  }

  @GET
  public List<ApprovalTemplateResponse> list(@PathParam("companyId") UUID companyId) {
    return templates.of(identity.caller(), companyId).stream()
        .map(ApprovalTemplateResponse::of)
        .toList();
  }

  @GET
  @Path("{id}")
  public ApprovalTemplateResponse get(
      @PathParam("companyId") UUID companyId, @PathParam("id") UUID id) {
    return ApprovalTemplateResponse.of(templates.get(identity.caller(), companyId, id));
  }

  /** The key stays. */
  @PUT
  @Path("{id}")
  public ApprovalTemplateResponse change(
      @PathParam("companyId") UUID companyId,
      @PathParam("id") UUID id,
      ApprovalTemplateRequest request) {
    return ApprovalTemplateResponse.of(
        templates.change(identity.caller(), companyId, id, request.terms()));
  }

  @DELETE
  @Path("{id}")
  public void remove(@PathParam("companyId") UUID companyId, @PathParam("id") UUID id) {
    templates.remove(identity.caller(), companyId, id);
  }
}
