package org.drawbridge.signal.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.drawbridge.kernel.OwnedId;
import org.jspecify.annotations.Nullable;

/** A service that tells a company of security events, and the keys that it signs them with. */
@Entity
@Table(name = "event_transmitters")
@IdClass(OwnedId.class)
public class EventTransmitter {

  @Id
  @Column(name = "company_id")
  private UUID companyId;

  @Id
  @Column(name = "id")
  private UUID id;

  @Column(name = "issuer")
  private String issuer;

  @Column(name = "audience")
  private String audience;

  @Column(name = "key_set_url")
  private String keySetUrl;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "last_received_at")
  private @Nullable Instant lastReceivedAt;

  protected EventTransmitter() {}

  /**
   * @param issuer as in the tokens' {@code iss}, compared exactly
   * @param audience that the tokens' {@code aud} has to name
   * @param keySetUrl of its JWK set (RFC 7517)
   */
  public EventTransmitter(
      UUID companyId, UUID id, String issuer, String audience, URI keySetUrl, Instant now) {
    this.companyId = companyId;
    this.id = id;
    this.issuer = issuer;
    this.audience = audience;
    this.keySetUrl = keySetUrl.toString();
    this.createdAt = now;
  }

  public void received(Instant now) {
    lastReceivedAt = now;
  }

  public UUID companyId() {
    return companyId;
  }

  public UUID id() {
    return id;
  }

  public String issuer() {
    return issuer;
  }

  public String audience() {
    return audience;
  }

  public URI keySetUrl() {
    return URI.create(keySetUrl);
  }

  public Instant createdAt() {
    return createdAt;
  }

  /** Null where nothing came yet. */
  public @Nullable Instant lastReceivedAt() {
    return lastReceivedAt;
  }
}
