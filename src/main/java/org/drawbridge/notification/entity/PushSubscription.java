package org.drawbridge.notification.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.drawbridge.kernel.OwnedId;

/** A browser of a person's that shows notices: what its {@code PushSubscription} says (W3C). */
@Entity
@Table(name = "push_subscriptions")
@IdClass(OwnedId.class)
public class PushSubscription {

  @Id
  @Column(name = "company_id")
  private UUID companyId;

  @Id
  @Column(name = "id")
  private UUID id;

  @Column(name = "user_id")
  private UUID userId;

  @Column(name = "endpoint")
  private String endpoint;

  @Column(name = "p256dh")
  private byte[] p256dh;

  @Column(name = "auth")
  private byte[] auth;

  @Column(name = "user_agent")
  private String userAgent;

  @Column(name = "created_at")
  private Instant createdAt;

  protected PushSubscription() {}

  /**
   * @param endpoint the browser's push service (RFC 8030)
   * @param p256dh the browser's public key, an uncompressed point (RFC 8291 section 2.1)
   * @param auth 16 bytes (RFC 8291 section 2.2)
   * @param userAgent by which the person knows the browser again
   */
  public PushSubscription(
      UUID companyId,
      UUID id,
      UUID userId,
      URI endpoint,
      byte[] p256dh,
      byte[] auth,
      String userAgent,
      Instant now) {
    this.companyId = companyId;
    this.id = id;
    this.userId = userId;
    this.endpoint = endpoint.toString();
    this.p256dh = p256dh.clone();
    this.auth = auth.clone();
    this.userAgent = userAgent;
    this.createdAt = now;
  }

  public UUID companyId() {
    return companyId;
  }

  public UUID id() {
    return id;
  }

  public URI endpoint() {
    return URI.create(endpoint);
  }

  public byte[] p256dh() {
    return p256dh.clone();
  }

  public byte[] auth() {
    return auth.clone();
  }

  public String userAgent() {
    return userAgent;
  }

  public Instant createdAt() {
    return createdAt;
  }
}
