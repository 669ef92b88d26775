package org.drawbridge.portal.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.drawbridge.access.DomainCaller;
import org.drawbridge.access.DomainTokens;
import org.drawbridge.access.DomainTokens.Use;
import org.drawbridge.access.Unauthorized;
import org.drawbridge.account.control.Accounts;
import org.drawbridge.account.control.UserTokens;
import org.drawbridge.account.entity.Account;
import org.drawbridge.company.control.Applications;
import org.drawbridge.company.control.Companies;
import org.drawbridge.company.entity.Application;
import org.drawbridge.credential.control.Passkeys;
import org.drawbridge.user.control.Enrolments;
import org.drawbridge.user.control.Users;
import org.drawbridge.user.entity.Enrolment;
import org.drawbridge.user.entity.EnrolmentClosed;
import org.drawbridge.user.entity.User;
import org.jspecify.annotations.Nullable;

/**
 * What the {@code auth-token} of an enrolment link stands for: an account, named by a domain token
 * or an {@code nl3UserToken}, that somebody may claim; or a user who was invited.
 */
@ApplicationScoped
public class EnrolmentLinks {

  @Inject DomainTokens domainTokens;
  @Inject UserTokens userTokens;
  @Inject Enrolments enrolments;
  @Inject Applications applications;
  @Inject Accounts accounts;
  @Inject Companies companies;
  @Inject Users users;
  @Inject Passkeys passkeys;

  /** An account that nobody has claimed yet. */
  public record ForAccount(DomainCaller caller, String company, String application, String url) {}

  /** A user who was invited to make a passkey. */
  public record ForUser(Enrolment enrolment, User user, String company) {}

  /** The account that the link is for; empty where it is an invitation to a user. */
  private Optional<ForAccount> account(@Nullable String token) {
    if (token == null || token.isBlank()) {
      throw EnrolmentClosed.unknown();
    }
    DomainCaller caller;
    if (token.indexOf('.') >= 0) {
      caller = signed(token);
    } else {
      Account account = userTokens.accountOf(token).orElse(null);
      if (account == null) {
        return Optional.empty();
      }
      caller =
          new DomainCaller(
              account.companyId(),
              account.applicationId(),
              0,
              account.userAccountId(),
              Optional.empty());
    }
    Application application = applications.get(caller.companyId(), caller.applicationId());
    return Optional.of(
        new ForAccount(
            caller, companyName(caller.companyId()), application.name(), application.url()));
  }

  /**
   * The same, as long as nobody has claimed the account. Somebody who was imported with it, and has
   * no passkey yet, has not.
   *
   * @throws EnrolmentClosed where somebody has
   */
  public Optional<ForAccount> unclaimedAccount(@Nullable String token) {
    Optional<ForAccount> link = account(token);
    link.ifPresent(
        forAccount ->
            accounts
                .named(
                    forAccount.caller().companyId(),
                    forAccount.caller().applicationId(),
                    forAccount.caller().subject())
                .map(Account::userId)
                .flatMap(owner -> users.find(forAccount.caller().companyId(), owner))
                .filter(passkeys::areThereFor)
                .ifPresent(
                    owner -> {
                      throw EnrolmentClosed.used();
                    }));
    return link;
  }

  private DomainCaller signed(String token) {
    try {
      return domainTokens.verify(token, Use.ENABLEMENT);
    } catch (Unauthorized e) {
      throw domainTokens.isExpired(token) ? EnrolmentClosed.expired() : EnrolmentClosed.unknown();
    }
  }

  /**
   * The user who was invited.
   *
   * @throws EnrolmentClosed where nobody was, or the invitation is used or too old
   */
  public ForUser user(String token, Instant now) {
    Enrolment enrolment = enrolments.find(token).orElseThrow(EnrolmentClosed::unknown);
    enrolment.requireOpen(now);
    User user =
        users.find(enrolment.companyId(), enrolment.userId()).orElseThrow(EnrolmentClosed::unknown);
    return new ForUser(enrolment, user, companyName(user.companyId()));
  }

  private String companyName(UUID companyId) {
    return companies.get(companyId).name();
  }
}
