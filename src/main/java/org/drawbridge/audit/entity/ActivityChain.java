package org.drawbridge.audit.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/**
 * The head of the chain that a company's activity log is: how many entries it has and the hash of
 * the last, under a seal that only who has the master key can make.
 */
@Entity
@Table(name = "activity_chains")
public class ActivityChain {

  /** What the hash of the first entry is chained to: as many zeros as a hash has digits. */
  public static final String BEGINNING = "0".repeat(64);

  @Id
  @Column(name = "company_id")
  private UUID companyId;

  @Column(name = "length")
  private long length;

  @Column(name = "hash")
  private String hash;

  @Column(name = "seal")
  private byte[] seal;

  protected ActivityChain() {}

  /** Without an entry yet. */
  public ActivityChain(UUID companyId) {
    this.companyId = companyId;
    this.hash = BEGINNING;
    this.seal = new byte[0];
  }

  public UUID companyId() {
    return companyId;
  }

  /** How many entries are chained; the last has this number. */
  public long length() {
    return length;
  }

  /** Of the last entry; {@link #BEGINNING} where there is none. 64 hexadecimal digits. */
  public String hash() {
    return hash;
  }

  public byte[] seal() {
    return seal.clone();
  }

  /** What the seal is made of. */
  public byte[] sealed() {
    return sealed(companyId, length, hash);
  }

  public static byte[] sealed(UUID companyId, long length, String hash) {
    return (companyId + " " + length + " " + hash).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * @param seal of the new head
   */
  public void grow(long length, String hash, byte[] seal) {
    if (length <= this.length) {
      throw new IllegalArgumentException("A chain does not get shorter");
    }
    this.length = length;
    this.hash = hash;
    this.seal = Arrays.copyOf(seal, seal.length);
  }
}
