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

/**
 * An e-mail address that a company was told a breach of. Most are nobody's here, so that a keyed
 * hash is kept, which tells no address to who reads the database.
 */
@Entity
@Table(name = "breached_addresses")
@IdClass(BreachedAddress.Key.class)
public class BreachedAddress {

  @Id
  @Column(name = "company_id")
  private UUID companyId;

  @Id
  @Column(name = "address_hash")
  private String addressHash;

  @Column(name = "signalled_at")
  private Instant signalledAt;

  protected BreachedAddress() {}

  public BreachedAddress(UUID companyId, String addressHash, Instant now) {
    this.companyId = companyId;
    this.addressHash = addressHash;
    this.signalledAt = now;
  }

  public void signalledAgain(Instant now) {
    signalledAt = now;
  }

  public Instant signalledAt() {
    return signalledAt;
  }

  /** Each company is told by itself. */
  public static class Key implements Serializable {

    private static final long serialVersionUID = 1;

    private @Nullable UUID companyId;
    private @Nullable String addressHash;

    protected Key() {}

    public Key(UUID companyId, String addressHash) {
      this.companyId = companyId;
      this.addressHash = addressHash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key that
          && Objects.equals(companyId, that.companyId)
          && Objects.equals(addressHash, that.addressHash);
    }

    @Override
    public int hashCode() {
      return Objects.hash(companyId, addressHash);
    }
  }
}
