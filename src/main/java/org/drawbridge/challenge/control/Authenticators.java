package org.drawbridge.challenge.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.drawbridge.account.control.Accounts;
import org.drawbridge.account.entity.Account;
import org.drawbridge.challenge.entity.Authenticator;
import org.drawbridge.challenge.entity.ChallengeUser;
import org.drawbridge.challenge.entity.VerificationMethod;
import org.drawbridge.credential.control.CredentialRecords;
import org.drawbridge.kernel.Ids;
import org.drawbridge.user.control.RecoveryCodes;

/** What people can answer challenges with. */
@ApplicationScoped
public class Authenticators {

  @PersistenceContext EntityManager entities;
  @Inject Accounts accounts;
  @Inject CredentialRecords credentials;
  @Inject RecoveryCodes recoveryCodes;
  @Inject Clock clock;

  void add(Authenticator authenticator) {
    entities.persist(authenticator);
  }

  List<Authenticator> of(ChallengeUser user) {
    return entities
        .createQuery(
            "select a from Authenticator a where a.companyId = :company and a.userId = :user"
                + " order by a.id",
            Authenticator.class)
        .setParameter("company", user.companyId())
        .setParameter("user", user.id())
        .getResultList();
  }

  Optional<Authenticator> of(ChallengeUser user, VerificationMethod method) {
    return of(user).stream().filter(a -> a.method() == method).findFirst();
  }

  /** One that codes are sent to, in place of what there was of its kind. */
  Authenticator replace(ChallengeUser user, VerificationMethod method, String recipient) {
    of(user, method).ifPresent(this::remove);
    Instant now = clock.instant();
    Authenticator authenticator = Authenticator.sentTo(user, Ids.next(now), method, recipient, now);
    entities.persist(authenticator);
    return authenticator;
  }

  void remove(Authenticator authenticator) {
    entities.remove(authenticator);
    entities.flush();
  }

  void removeOf(ChallengeUser user) {
    of(user).forEach(entities::remove);
    credentials.of(user.companyId(), user.id()).forEach(credentials::remove);
    entities.flush();
    recoveryCodes.remove(user.companyId(), user.id());
  }

  /**
   * In the order in which they are offered; recovery codes not among them: they stand in for what
   * is lost.
   */
  Set<VerificationMethod> enrolled(ChallengeUser user) {
    return enrolled(user, accounts.named(user.companyId(), user.userId()));
  }

  /**
   * @param named the protected accounts that are named as the user is
   */
  Set<VerificationMethod> enrolled(ChallengeUser user, List<Account> named) {
    return methods(user, passkeyOwners(user, named));
  }

  /** One statement for all, because each login asks. */
  @SuppressWarnings("unchecked")
  private Set<VerificationMethod> methods(ChallengeUser user, Set<UUID> passkeyOwners) {
    List<String> names =
        entities
            .createNativeQuery(
                "select verification_method from authenticators"
                    + " where company_id = :company and user_id = :user"
                    + " union select 'PASSKEY' from credential_records"
                    + " where company_id = :company and user_id in (:owners)",
                String.class)
            .setParameter("company", user.companyId())
            .setParameter("user", user.id())
            .setParameter("owners", passkeyOwners)
            .getResultList();
    Set<VerificationMethod> methods = EnumSet.noneOf(VerificationMethod.class);
    names.forEach(name -> methods.add(VerificationMethod.valueOf(name)));
    return methods;
  }

  /**
   * Whose passkeys count: those of who owns the protected accounts of the user id, and own ones. An
   * address may be one that the person only claims to have, so it gives nobody an answer.
   */
  Set<UUID> passkeyOwners(ChallengeUser user) {
    return passkeyOwners(user, accounts.named(user.companyId(), user.userId()));
  }

  private static Set<UUID> passkeyOwners(ChallengeUser user, List<Account> named) {
    Set<UUID> owners =
        named.stream()
            .filter(account -> account.userAccountId().equals(user.userId()))
            .map(Account::userId)
            .filter(Objects::nonNull)
            .collect(Collectors.toCollection(HashSet::new));
    owners.add(user.id());
    return owners;
  }
}
