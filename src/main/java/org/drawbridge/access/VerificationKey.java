package org.drawbridge.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.util.Base64URL;
import java.util.UUID;

/**
 * A secret that HS256 signatures are checked with (RFC 7518 section 3.2). Keeps the prepared
 * verifier, not the secret's text; its {@code toString} tells nothing.
 */
public final class VerificationKey {

  /** All that {@link CompactJws} lets through says this, whatever else stands in its header. */
  private static final JWSHeader HS256 = new JWSHeader(JWSAlgorithm.HS256);

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
      return verifier.verify(HS256, token.signingInput(), new Base64URL(token.signature()));
    } catch (JOSEException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return "VerificationKey " + id;
  }
}
