package org.drawbridge.company.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import org.drawbridge.kernel.SecretFile;
import org.drawbridge.kernel.Settings;
import org.drawbridge.kernel.Vault;
import org.jspecify.annotations.Nullable;

/**
 * The platform administrator's bearer token: what {@code DRAWBRIDGE_BOOTSTRAP_TOKEN} says, else one
 * made at the first start, whose SHA-256 alone is kept, in the data folder. Who lost it deletes
 * that file and starts again.
 */
@ApplicationScoped
public class BootstrapToken {

  /** The file's name in the data folder. */
  public static final String FILE = "bootstrap-token.sha256";

  private final byte[] hash;
  private final @Nullable String fresh;

  protected BootstrapToken() {
    this.hash = new byte[0];
    this.fresh = null;
  }

  @Inject
  public BootstrapToken(Vault vault) {
    Settings settings = Settings.current();
    Optional<String> configured = settings.bootstrapToken();
    if (configured.isPresent()) {
      hash = hash(configured.get());
      fresh = null;
      return;
    }
    String candidate =
        Base64.getUrlEncoder().withoutPadding().encodeToString(vault.randomBytes(24));
    byte[] candidateHash = hash(candidate);
    Path file = settings.dataDir().resolve(FILE);
    String kept =
        SecretFile.readOrCreate(file, () -> Base64.getEncoder().encodeToString(candidateHash));
    hash = Base64.getDecoder().decode(kept);
    fresh = MessageDigest.isEqual(hash, candidateHash) ? candidate : null;
  }

  /** The token, if this very start made it: to be shown once and never again. */
  public Optional<String> fresh() {
    return Optional.ofNullable(fresh);
  }

  /** Compares in constant time. */
  boolean is(String presented) {
    return MessageDigest.isEqual(hash, hash(presented));
  }

  private static byte[] hash(String token) {
    return Vault.sha256(token.getBytes(StandardCharsets.UTF_8));
  }
}
