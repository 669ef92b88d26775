package org.drawbridge.notification.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/** The key pair by which push services know a company (VAPID, RFC 8292). Made once, and kept. */
@Entity
@Table(name = "push_keys")
public class PushKeys {

  @Id
  @Column(name = "company_id")
  private UUID companyId;

  @Column(name = "public_key")
  private String publicKey;

  @Column(name = "sealed_private_key")
  private byte[] sealedPrivateKey;

  protected PushKeys() {}

  /**
   * @param publicKey X.509, in base64url
   * @param sealedPrivateKey PKCS #8 in base64url, encrypted for {@link #context}
   */
  public PushKeys(UUID companyId, String publicKey, byte[] sealedPrivateKey) {
    this.companyId = companyId;
    this.publicKey = publicKey;
    this.sealedPrivateKey = sealedPrivateKey.clone();
  }

  /** What the private key is sealed for, so that it opens in no other row. */
  public static String context(UUID companyId) {
    return "push-keys " + companyId;
  }

  public String publicKey() {
    return publicKey;
  }

  public byte[] sealedPrivateKey() {
    return sealedPrivateKey.clone();
  }
}
