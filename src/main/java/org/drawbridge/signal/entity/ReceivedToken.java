package org.drawbridge.signal.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A Security Event Token that was taken, kept so that it does nothing a second time. */
@Entity
@Table(name = "received_tokens")
@IdClass(ReceivedToken.Key.class)
public class ReceivedToken {

  @Id
  @Column(name = "company_id")
  private UUID companyId;

  @Id
  @Column(name = "transmitter_id")
  private UUID transmitterId;

  @Id
  @Column(name = "token_id")
  private String tokenId;

  @Column(name = "received_at")
  private Instant receivedAt;

  protected ReceivedToken() {}

  public ReceivedToken(EventTransmitter transmitter, String tokenId, Instant now) {
    this.companyId = transmitter.companyId();
    this.transmitterId = transmitter.id();
    this.tokenId = tokenId;
    this.receivedAt = now;
  }

  /** A token's id is its transmitter's own matter. */
  public static class Key implements Serializable {

    private static final long serialVersionUID = 1;

    private @Nullable UUID companyId;
    private @Nullable UUID transmitterId;
    private @Nullable String tokenId;

    protected Key() {}

    public Key(EventTransmitter transmitter, String tokenId) {
      this.companyId = transmitter.companyId();
      this.transmitterId = transmitter.id();
      this.tokenId = tokenId;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key that
          && Objects.equals(companyId, that.companyId)
          && Objects.equals(transmitterId, that.transmitterId)
          && Objects.equals(tokenId, that.tokenId);
    }

    @Override
    public int hashCode() {
      return Objects.hash(companyId, transmitterId, tokenId);
    }
  }
}
