package org.drawbridge.signal.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.drawbridge.access.AdministratorRequired;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.account.entity.Account;
import org.drawbridge.kernel.EmailAddress;
import org.drawbridge.problem.Malformed;
import org.drawbridge.problem.MemberError;
import org.drawbridge.signal.control.LockingOnBreach;
import org.jspecify.annotations.Nullable;

/** Takes word that a password is known to others, and locks by {@code autoLockOnBreach}. */
@Path("companies/{companyId}/breach-signals")
@RequestScoped
@Transactional
@AdministratorRequired
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class BreachSignalsResource {

  @Inject LockingOnBreach locking;
  @Inject CallerIdentity identity;

  /**
   * @param source who tells of the breach, for the history
   */
  public record BreachSignalRequest(
      @Nullable @EmailAddress String email,
      @Nullable UUID accountId,
      @NotBlank @Size(max = 100) String source) {}

  /**
   * @param locked the accounts that this signal has locked
   */
  public record BreachSignalResponse(List<UUID> locked) {}

  /** An address that nobody has is no mistake: whoever has a list of them sends it all. */
  @POST
  public BreachSignalResponse signal(
      @PathParam("companyId") UUID companyId, BreachSignalRequest request) {
    String email = request.email();
    UUID accountId = request.accountId();
    if ((email == null) == (accountId == null)) {
      throw new Malformed(
          List.of(new MemberError("", "must have exactly one of email and accountId")));
    }
    List<Account> locked =
        email != null
            ? locking.ofEmail(identity.caller(), companyId, email, request.source())
            : locking.ofAccount(
                identity.caller(), companyId, Objects.requireNonNull(accountId), request.source());
    return new BreachSignalResponse(locked.stream().map(Account::id).toList());
  }
}
