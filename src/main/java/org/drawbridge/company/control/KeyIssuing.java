package org.drawbridge.company.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.drawbridge.access.Reach;
import org.drawbridge.company.entity.ApiKey;
import org.drawbridge.company.entity.Application;
import org.drawbridge.company.entity.CompanyChanged;
import org.drawbridge.company.entity.KeyPurpose;
import org.drawbridge.company.entity.SigningKey;
import org.drawbridge.kernel.Ids;
import org.drawbridge.kernel.Vault;
import org.drawbridge.problem.Impossible;
import org.drawbridge.problem.MemberError;
import org.drawbridge.problem.NotFound;
import org.jspecify.annotations.Nullable;

/** Hands out and revokes signing keys and API keys. A key's text leaves once, when it is issued. */
@ApplicationScoped
public class KeyIssuing {

  private static final int SIGNING_KEY_BYTES = 32;
  private static final int MAX_SIGNING_KEY_BYTES = 512;

  @Inject Applications applications;
  @Inject Companies companies;
  @Inject Vault vault;
  @Inject Event<CompanyChanged> changes;
  @Inject Clock clock;

  /** A new key and its text. */
  public record Issued<K>(K key, String text) {}

  /**
   * Adds a signing key beside those that count already.
   *
   * @param brought base64 of a key that clients hold already; null to have one made
   */
  public Issued<SigningKey> issueSigningKey(
      Reach reach, UUID applicationId, @Nullable String brought) {
    Application application = applications.lock(reach, applicationId);
    byte[] secret = brought == null ? vault.randomBytes(SIGNING_KEY_BYTES) : decoded(brought);
    Instant now = clock.instant();
    application.changeKeys(now);
    UUID companyId = application.companyId();
    UUID id = Ids.next(now);
    byte[] sealed = vault.seal(secret, SigningKey.context(companyId, id));
    SigningKey key = new SigningKey(companyId, id, applicationId, sealed, now);
    applications.add(key);
    changes.fire(
        new CompanyChanged(
            companyId, "signing-key-added", id, Map.of("application", applicationId.toString())));
    return new Issued<>(key, Base64.getEncoder().encodeToString(secret));
  }

  /** Takes effect for every check that arrives after it, on every node. */
  public void revokeSigningKey(Reach reach, UUID applicationId, UUID keyId) {
    Application application = applications.lock(reach, applicationId);
    SigningKey key =
        signingKeys(reach, applicationId).stream()
            .filter(k -> k.id().equals(keyId))
            .findFirst()
            .orElseThrow(() -> new NotFound("signing key"));
    Instant now = clock.instant();
    key.revoke(now);
    application.changeKeys(now);
    changes.fire(new CompanyChanged(application.companyId(), "signing-key-revoked", keyId));
  }

  public List<SigningKey> signingKeys(Reach reach, UUID applicationId) {
    return applications.signingKeys(applications.get(reach, applicationId));
  }

  public Issued<ApiKey> issueApiKey(Reach reach, UUID companyId, KeyPurpose purpose, String name) {
    companies.get(reach, companyId);
    Instant now = clock.instant();
    UUID id = Ids.next(now);
    String text = ApiKeyText.of(companyId, id, vault.randomBytes(ApiKeyText.SECRET_BYTES));
    byte[] sealed =
        vault.seal(text.getBytes(StandardCharsets.US_ASCII), ApiKey.context(companyId, id));
    ApiKey key = new ApiKey(companyId, id, purpose, name, sealed, now);
    companies.add(key);
    changes.fire(
        new CompanyChanged(companyId, purpose.event() + "-added", id, Map.of("name", name)));
    return new Issued<>(key, text);
  }

  public void revokeApiKey(Reach reach, UUID companyId, KeyPurpose purpose, UUID keyId) {
    companies.get(reach, companyId);
    ApiKey key = companies.apiKey(companyId, purpose, keyId);
    if (key == null) {
      throw new NotFound(purpose.description());
    }
    key.revoke(clock.instant());
    changes.fire(new CompanyChanged(companyId, purpose.event() + "-revoked", keyId));
  }

  public List<ApiKey> apiKeys(Reach reach, UUID companyId, KeyPurpose purpose) {
    companies.get(reach, companyId);
    return companies.apiKeys(companyId, purpose);
  }

  private static byte[] decoded(String brought) {
    try {
      byte[] secret = Base64.getDecoder().decode(brought);
      if (secret.length >= SIGNING_KEY_BYTES && secret.length <= MAX_SIGNING_KEY_BYTES) {
        return secret;
      }
    } catch (IllegalArgumentException e) {
      // told below
    }
    throw new Impossible(
        MemberError.at(
            "key",
            "must be base64 of %d to %d bytes"
                .formatted(SIGNING_KEY_BYTES, MAX_SIGNING_KEY_BYTES)));
  }
}
