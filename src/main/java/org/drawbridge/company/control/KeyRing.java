package org.drawbridge.company.control;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.drawbridge.access.ApiKeyCaller;
import org.drawbridge.access.ChallengeCaller;
import org.drawbridge.access.KeyedApplication;
import org.drawbridge.access.VerificationKey;
import org.drawbridge.access.VerificationKeys;
import org.drawbridge.company.entity.ApiKey;
import org.drawbridge.company.entity.Application;
import org.drawbridge.company.entity.KeyPurpose;
import org.drawbridge.company.entity.OnFailure;
import org.drawbridge.company.entity.SigningKey;
import org.drawbridge.kernel.Vault;
import org.jspecify.annotations.Nullable;

/**
 * The keys that callers are known by, opened for use.
 *
 * <p>Applications are remembered by host; an entry may be stale, which the check notices by the
 * application's version. They are kept for as long as the node runs, so that an application that
 * nobody has asked about for a night still gets the answer it chose for an outage.
 */
@ApplicationScoped
public class KeyRing implements VerificationKeys {

  @Inject Applications applications;
  @Inject Companies companies;
  @Inject KeyUse use;
  @Inject Vault vault;

  private final Cache<String, List<KeyedApplication>> byHost =
      Caffeine.newBuilder().maximumSize(10_000).build();
  private final Cache<KeyName, ChallengeCaller> challengeSecrets =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterAccess(Duration.ofHours(1)).build();

  /** For as long as the node runs: it is asked only when the database cannot be. */
  private final Cache<UUID, OnFailure> failureAnswers =
      Caffeine.newBuilder().maximumSize(100_000).build();

  @Override
  public List<KeyedApplication> rememberedAt(String host) {
    List<KeyedApplication> remembered = byHost.getIfPresent(host);
    return remembered == null ? List.of() : remembered;
  }

  @Override
  public List<KeyedApplication> applicationsAt(String host) {
    List<KeyedApplication> fresh =
        applications.validatedAtHost(host).stream().map(this::keyed).toList();
    if (fresh.isEmpty()) {
      // Unknown hosts are not remembered: anybody can make them up.
      byHost.invalidate(host);
    } else {
      byHost.put(host, fresh);
    }
    return fresh;
  }

  /** What the application wants answered when the database cannot be asked, as far as known. */
  public OnFailure onFailure(UUID applicationId) {
    OnFailure known = failureAnswers.getIfPresent(applicationId);
    return known == null ? OnFailure.UNAVAILABLE : known;
  }

  private KeyedApplication keyed(Application application) {
    failureAnswers.put(application.id(), application.onFailure());
    List<VerificationKey> keys = new ArrayList<>();
    for (SigningKey key : applications.signingKeys(application)) {
      if (!key.isRevoked()) {
        byte[] secret = vault.open(key.sealed(), SigningKey.context(key.companyId(), key.id()));
        keys.add(new VerificationKey(key.id(), secret));
        Arrays.fill(secret, (byte) 0);
      }
    }
    return new KeyedApplication(
        application.companyId(), application.id(), application.version(), application.url(), keys);
  }

  @Override
  public List<VerificationKey> apiKeysOf(UUID companyId) {
    List<VerificationKey> keys = new ArrayList<>();
    for (ApiKey key : companies.apiKeys(companyId, KeyPurpose.MANAGEMENT)) {
      if (!key.isRevoked()) {
        byte[] text = opened(key);
        // Clients sign with the key as they hold it, or with the bytes its base64 stands for.
        keys.add(new VerificationKey(key.id(), text));
        keys.add(new VerificationKey(key.id(), Base64.getDecoder().decode(text)));
      }
    }
    return keys;
  }

  @Override
  public @Nullable ApiKeyCaller apiKey(String presented) {
    ApiKey key = presented(KeyPurpose.MANAGEMENT, presented);
    return key == null ? null : new ApiKeyCaller(key.companyId(), key.id());
  }

  @Override
  public @Nullable ChallengeCaller challengeSecret(String presented, Freshness freshness) {
    byte[] bytes = presented.getBytes(StandardCharsets.US_ASCII);
    KeyName name = KeyName.of(presented);
    ChallengeCaller cached = name == null ? null : challengeSecrets.getIfPresent(name);
    if (freshness == Freshness.CACHED
        && cached != null
        && MessageDigest.isEqual(cached.secret(), bytes)) {
      return cached;
    }
    ApiKey key = presented(KeyPurpose.CHALLENGE, presented);
    if (name == null || key == null) {
      return null;
    }
    ChallengeCaller caller = new ChallengeCaller(key.companyId(), key.id(), bytes);
    challengeSecrets.put(name, caller);
    return caller;
  }

  @Override
  public byte @Nullable [] challengeSecret(UUID companyId, UUID secretId) {
    ApiKey key = companies.apiKey(companyId, KeyPurpose.CHALLENGE, secretId);
    return key == null || key.isRevoked() ? null : opened(key);
  }

  @Override
  public List<byte[]> challengeSecretsOf(UUID companyId, int most) {
    return companies.apiKeys(companyId, KeyPurpose.CHALLENGE).stream()
        .filter(key -> !key.isRevoked())
        .sorted(Comparator.comparing(ApiKey::createdAt).reversed())
        .limit(most)
        .map(this::opened)
        .toList();
  }

  private @Nullable ApiKey presented(KeyPurpose purpose, String presented) {
    KeyName name = KeyName.of(presented);
    ApiKey key = name == null ? null : companies.apiKey(name.companyId(), purpose, name.id());
    if (key == null) {
      return null;
    }
    boolean same =
        MessageDigest.isEqual(opened(key), presented.getBytes(StandardCharsets.US_ASCII));
    return same && !key.isRevoked() ? key : null;
  }

  private byte[] opened(ApiKey key) {
    return vault.open(key.sealed(), ApiKey.context(key.companyId(), key.id()));
  }

  /** Which key a text claims to be. */
  private record KeyName(UUID companyId, UUID id) {

    /** Null for a text that is none of a key. */
    static @Nullable KeyName of(String presented) {
      if (presented.length() != ApiKeyText.LENGTH) {
        return null;
      }
      try {
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(presented));
        return bytes.remaining() == ApiKeyText.BYTES
            ? new KeyName(
                new UUID(bytes.getLong(), bytes.getLong()),
                new UUID(bytes.getLong(), bytes.getLong()))
            : null;
      } catch (IllegalArgumentException e) {
        return null;
      }
    }
  }

  @Override
  public void used(UUID companyId, UUID keyId, Instant at) {
    use.note(companyId, keyId, at);
  }
}
