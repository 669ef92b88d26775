package org.drawbridge.company.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.drawbridge.access.AdministratorCaller;
import org.drawbridge.access.Administrators;
import org.drawbridge.access.Reach;
import org.drawbridge.company.entity.Administrator;
import org.drawbridge.company.entity.CompanyChanged;
import org.drawbridge.kernel.Ids;
import org.drawbridge.kernel.OwnedSecret;
import org.drawbridge.kernel.Vault;
import org.drawbridge.problem.NotFound;
import org.jspecify.annotations.Nullable;

/**
 * Bearer tokens of administrators: the platform's, and those of companies, which are {@link
 * OwnedSecret}s.
 */
@ApplicationScoped
public class AdministratorTokens implements Administrators {

  @Inject BootstrapToken bootstrap;
  @Inject Companies companies;
  @Inject Vault vault;
  @Inject Event<CompanyChanged> changes;
  @Inject Clock clock;

  /** A new administrator, and the token that is shown once. */
  public record Issued(Administrator administrator, String token) {}

  public Issued issue(Reach reach, UUID companyId, String name, @Nullable String email) {
    companies.get(reach, companyId);
    Instant now = clock.instant();
    UUID id = Ids.next(now);
    OwnedSecret secret = OwnedSecret.of(companyId, id, vault);
    Administrator administrator = new Administrator(companyId, id, name, email, secret.hash(), now);
    companies.add(administrator);
    changes.fire(new CompanyChanged(companyId, "administrator-added", id, Map.of("name", name)));
    return new Issued(administrator, secret.text());
  }

  public void revoke(Reach reach, UUID companyId, UUID id) {
    companies.get(reach, companyId);
    Administrator administrator = companies.administrator(companyId, id);
    if (administrator == null) {
      throw new NotFound("administrator");
    }
    administrator.revoke(clock.instant());
    changes.fire(new CompanyChanged(companyId, "administrator-revoked", id));
  }

  @Override
  public @Nullable AdministratorCaller bearer(String token) {
    if (bootstrap.is(token)) {
      return AdministratorCaller.PLATFORM;
    }
    OwnedSecret secret = OwnedSecret.parse(token);
    if (secret == null) {
      return null;
    }
    Administrator known = companies.administrator(secret.companyId(), secret.id());
    return known != null && known.isKnownBy(secret.hash())
        ? new AdministratorCaller(
            "administrator:" + secret.id(), Reach.only(secret.companyId()), false)
        : null;
  }
}
