package org.drawbridge.notification.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.drawbridge.access.AdministratorRequired;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.company.entity.PlatformAdministratorRequired;
import org.drawbridge.kernel.EmailAddress;
import org.drawbridge.kernel.Language;
import org.drawbridge.kernel.Notice;
import org.drawbridge.kernel.Page;
import org.drawbridge.kernel.PageRequest;
import org.drawbridge.kernel.Recipient;
import org.drawbridge.kernel.Settings;
import org.drawbridge.notification.control.Outbox;
import org.drawbridge.notification.entity.Channel;
import org.drawbridge.notification.entity.NoticeText;
import org.drawbridge.notification.entity.OutboxMessage;
import org.drawbridge.problem.Malformed;
import org.drawbridge.problem.MemberError;
import org.jspecify.annotations.Nullable;

/** The outbox of the whole platform, and a way to try its gateways; its administrator's alone. */
@Path("outbox")
@RequestScoped
@Transactional
@AdministratorRequired
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class OutboxResource {

  /** What the platform sends on its own account belongs to no company. */
  private static final UUID PLATFORM = new UUID(0, 0);

  @Inject Outbox outbox;
  @Inject Event<Notice> notices;
  @Inject CallerIdentity identity;

  /**
   * @param phone in E.164
   */
  public record TestRequest(
      @Nullable @EmailAddress String email,
      @Nullable @Pattern(regexp = "\\+[1-9][0-9]{5,14}") String phone) {}

  /**
   * @param companyId null for what the platform itself sent
   * @param subject null for an SMS, and once the text is emptied
   */
  public record MessageResponse(
      UUID id,
      @Nullable UUID companyId,
      Channel channel,
      String kind,
      String recipient,
      @Nullable String subject,
      @Nullable String body,
      Instant createdDate,
      @Nullable Instant sentDate,
      int tries,
      OutboxMessage.Status status,
      @Nullable String lastError) {
    static MessageResponse of(OutboxMessage message, Optional<NoticeText> text) {
      return new MessageResponse(
          message.id(),
          message.companyId().equals(PLATFORM) ? null : message.companyId(),
          message.channel(),
          message.kind(),
          message.recipient(),
          text.map(NoticeText::subject).filter(s -> !s.isEmpty()).orElse(null),
          text.map(NoticeText::body).orElse(null),
          message.createdAt(),
          message.sentAt(),
          message.tries(),
          message.status(),
          message.lastError());
    }
  }

  @GET
  public Page<MessageResponse> page(
      @QueryParam("status") @Nullable String status, @BeanParam PageRequest page) {
    requirePlatformAdministrator();
    return outbox.page(status(status), page).map(m -> MessageResponse.of(m, outbox.text(m)));
  }

  private static OutboxMessage.@Nullable Status status(@Nullable String name) {
    try {
      return name == null ? null : OutboxMessage.Status.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw new Malformed(
          List.of(MemberError.at("status", "must be WAITING, STANDBY, SENT or FAILED")));
    }
  }

  /** Tries a message again that was given up. */
  @POST
  @Path("{id}/retry")
  public MessageResponse tryAgain(@PathParam("id") UUID id) {
    requirePlatformAdministrator();
    OutboxMessage message = outbox.tryAgain(id, any -> true);
    return MessageResponse.of(message, outbox.text(message));
  }

  /** Sends as any notice is sent; how it fares can be read in the outbox. */
  @POST
  @Path("test")
  public Response test(TestRequest request) {
    requirePlatformAdministrator();
    if (request.email() == null && request.phone() == null) {
      throw new Malformed(List.of(new MemberError("", "must name an email, a phone, or both")));
    }
    Recipient all = new Recipient(PLATFORM, null, request.email(), request.phone(), Language.EN);
    for (Recipient to : all.onEveryChannel()) {
      notices.fire(
          new Notice("test-notice", to, Map.of("url", Settings.current().publicUrl().toString())));
    }
    return Response.accepted().build();
  }

  private void requirePlatformAdministrator() {
    if (!identity.administrator().isPlatform()) {
      throw new PlatformAdministratorRequired();
    }
  }
}
