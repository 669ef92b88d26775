package org.drawbridge.user.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.drawbridge.access.Caller;
import org.drawbridge.account.control.Accounts;
import org.drawbridge.account.control.Locking;
import org.drawbridge.account.entity.Account;
import org.drawbridge.company.control.Companies;
import org.drawbridge.company.entity.Company;
import org.drawbridge.kernel.CompanyEvent;
import org.drawbridge.kernel.Ids;
import org.drawbridge.kernel.Notice;
import org.drawbridge.kernel.Vault;
import org.drawbridge.user.entity.BreakGlassCode;
import org.drawbridge.user.entity.BreakGlassRefused;
import org.drawbridge.user.entity.User;
import org.drawbridge.user.entity.UserChanged;
import org.jspecify.annotations.Nullable;

/**
 * Issues and takes break-glass codes, of 120 random bits each. Every administrator is told of a
 * use, and so is the owner of the account.
 */
@ApplicationScoped
public class BreakingGlass {

  private static final String PURPOSE = "break-glass-code";
  private static final int GROUPS = 6;

  @Inject BreakGlassCodes codes;
  @Inject Companies companies;
  @Inject Accounts accounts;
  @Inject Locking locking;
  @Inject Users users;
  @Inject Recipients recipients;
  @Inject Enrolments enrolments;
  @Inject Event<CompanyEvent> events;
  @Inject Event<Notice> notices;
  @Inject Vault vault;
  @Inject Clock clock;

  /** A new code, and its text that is shown once. */
  public record Issued(BreakGlassCode code, String text) {}

  /**
   * What a code did.
   *
   * @param enrolmentToken leads the account's owner to a new passkey; null where it has none
   */
  public record Broken(Account account, @Nullable String enrolmentToken) {}

  /**
   * @param minutes how long an unlock by one of them lasts
   * @param validity until when they can be used
   */
  public List<Issued> issue(
      Caller caller, UUID companyId, int count, int minutes, Duration validity) {
    companies.get(caller.reach(), companyId);
    Instant now = clock.instant();
    List<Issued> issued = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      UUID id = Ids.next(now);
      String text = CodeText.random(vault, GROUPS);
      BreakGlassCode code =
          new BreakGlassCode(
              companyId,
              id,
              vault.mac(PURPOSE, message(companyId, text)),
              minutes,
              caller.actor(),
              now,
              now.plus(validity));
      codes.add(code);
      events.fire(new UserChanged(companyId, "break-glass-code-issued", id, Map.of()));
      issued.add(new Issued(code, text));
    }
    return issued;
  }

  public void revoke(Caller caller, UUID companyId, UUID id) {
    companies.get(caller.reach(), companyId);
    codes.lock(companyId, id).revoke(clock.instant());
    events.fire(new UserChanged(companyId, "break-glass-code-revoked", id, Map.of()));
  }

  /**
   * @throws BreakGlassRefused where the code does not count, or there is no such account
   */
  public Broken breakGlass(
      UUID companyId, String text, UUID applicationId, String userAccountId, String reason) {
    BreakGlassCode code = counting(companyId, text).orElseThrow(BreakGlassRefused::new);
    UUID accountId =
        accounts
            .named(companyId, applicationId, userAccountId)
            .map(Account::id)
            .orElseThrow(BreakGlassRefused::new);
    Account account =
        locking.breakGlass(
            companyId, accountId, code.lasting(), "break-glass-code:" + code.id(), reason);
    code.use(accountId, clock.instant());
    events.fire(
        new UserChanged(
            companyId,
            "break-glass-code-used",
            code.id(),
            Map.of("account", accountId.toString(), "reason", reason)));
    Optional<User> owner =
        Optional.ofNullable(account.userId()).flatMap(id -> users.find(companyId, id));
    tell(account, code, reason, owner);
    return new Broken(account, owner.map(enrolments::open).orElse(null));
  }

  private Optional<BreakGlassCode> counting(UUID companyId, String text) {
    byte[] message = message(companyId, text);
    Instant now = clock.instant();
    BreakGlassCode found = null;
    for (BreakGlassCode code : codes.lock(companyId)) {
      if (vault.isMac(PURPOSE, message, code.mac()) && code.counts(now)) {
        found = code;
      }
    }
    return Optional.ofNullable(found);
  }

  private void tell(Account account, BreakGlassCode code, String reason, Optional<User> owner) {
    UUID companyId = account.companyId();
    Company company = companies.get(companyId);
    Map<String, String> facts =
        Map.of(
            "company",
            company.name(),
            "account",
            account.userAccountId(),
            "minutes",
            Long.toString(code.lasting().toMinutes()),
            "reason",
            reason);
    Stream.concat(
            recipients.administrators(companyId).stream(),
            owner.stream().flatMap(user -> recipients.always(user).onEveryChannel().stream()))
        .forEach(to -> notices.fire(new Notice("break-glass", to, facts)));
  }

  private static byte[] message(UUID companyId, String text) {
    return (companyId + "/" + CodeText.plain(text)).getBytes(StandardCharsets.UTF_8);
  }
}
