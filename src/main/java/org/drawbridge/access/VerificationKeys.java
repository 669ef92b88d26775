package org.drawbridge.access;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where keys come from; implemented by the feature that owns them. */
public interface VerificationKeys {

  /**
   * The validated applications at a host; more than one where companies, or ports, share it.
   *
   * @param host lower case, without a port
   */
  List<KeyedApplication> applicationsAt(String host);

  /** The same as it was when somebody asked last; empty where nobody has. */
  List<KeyedApplication> rememberedAt(String host);

  /** The company's API keys that count now, each in every form a client may sign with. */
  List<VerificationKey> apiKeysOf(UUID companyId);

  /** Finds the API key that a caller sent as it is; answers its company, or null. */
  @Nullable ApiKeyCaller apiKey(String presented);

  /**
   * Finds the challenge secret that a caller sent; answers its company, or null.
   *
   * @param freshness whether a cached answer will do, of a secret that may be revoked meanwhile
   */
  @Nullable ChallengeCaller challengeSecret(String presented, Freshness freshness);

  /** The text of a challenge secret, to sign with; null where it counts no more. */
  byte @Nullable [] challengeSecret(UUID companyId, UUID secretId);

  /** The texts of a company's challenge secrets that count, the newest first. */
  List<byte[]> challengeSecretsOf(UUID companyId, int most);

  /** Notes that a key was used; may be written later. */
  void used(UUID companyId, UUID keyId, Instant at);

  /** Whether a cached answer will do. */
  enum Freshness {
    CACHED,
    FRESH
  }
}
