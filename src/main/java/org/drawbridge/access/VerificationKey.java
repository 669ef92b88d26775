package org.drawbridge.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.MACVerifier;
import java.text.ParseException;
import java.util.UUID;

/**
 * A secret that HS256 signatures are checked with (RFC 7518 section 3.2). Keeps the prepared
 * verifier, not the secret's text; its {@code toString} tells nothing.
 */
public final class VerificationKey {

  private final UUID id;
  private final MACVerifier verifier;

  /**
   * @param secret 32 bytes or more
   * @throws IllegalArgumentException when it is shorter
   */
  public VerificationKey(UUID id, byte[] secret) {
    this.id = id;
    try {
      this.verifier = new MACVerifier(secret.clone());
    } catch (JOSEException e) {
      throw new IllegalArgumentException("An HS256 key has 32 bytes or more", e);
    }
  }

  public UUID id() {
    return id;
  }

  /** Compares in constant time. */
  boolean verifies(CompactJws token) {
    try {
      return JWSObject.parse(token.compact()).verify(verifier);
    } catch (ParseException | JOSEException | RuntimeException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return "VerificationKey " + id;
  }
}
