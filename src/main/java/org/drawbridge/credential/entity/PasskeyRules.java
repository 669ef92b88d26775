package org.drawbridge.credential.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.drawbridge.credential.entity.StepRefused.Step;
import org.jspecify.annotations.Nullable;

/** Which authenticators a company accepts for new passkeys; those that there are stay. */
@Entity
@Table(name = "passkey_rules")
public class PasskeyRules {

  /** So many fit into their column. */
  public static final int MAX_AAGUIDS = 100;

  @Id
  @Column(name = "company_id")
  private UUID companyId;

  @Column(name = "trusted_attestation")
  private boolean trustedAttestation;

  @Column(name = "allowed_aaguids")
  private @Nullable String allowedAaguids;

  @Version
  @Column(name = "version")
  private long version;

  protected PasskeyRules() {}

  /** Accepts any. */
  public PasskeyRules(UUID companyId) {
    this.companyId = companyId;
  }

  /**
   * @param trusted whether an attestation must lead to a root of the operator's FIDO metadata
   * @param aaguids the only kinds of authenticators; null for any
   */
  public void demand(boolean trusted, @Nullable Collection<UUID> aaguids) {
    trustedAttestation = trusted;
    allowedAaguids =
        aaguids == null
            ? null
            : aaguids.stream().map(UUID::toString).collect(Collectors.joining(","));
  }

  /**
   * @throws StepRefused where the company does not accept the authenticator
   */
  public void require(NewCredential credential) {
    if (trustedAttestation && !credential.attestationTrusted()) {
      throw new StepRefused(Step.ATTESTATION);
    }
    List<UUID> allowed = allowedAaguids();
    if (allowed != null && !allowed.contains(credential.aaguid())) {
      throw new StepRefused(Step.AUTHENTICATOR);
    }
  }

  public boolean demandsTrustedAttestation() {
    return trustedAttestation;
  }

  /** Null for any. */
  public @Nullable List<UUID> allowedAaguids() {
    return allowedAaguids == null
        ? null
        : Arrays.stream(allowedAaguids.split(","))
            .filter(aaguid -> !aaguid.isEmpty())
            .map(UUID::fromString)
            .toList();
  }
}
