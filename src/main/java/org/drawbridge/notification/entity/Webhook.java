package org.drawbridge.notification.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.drawbridge.kernel.OwnedId;
import org.jspecify.annotations.Nullable;

/** An address of a company's own that is told what changes, signed with a secret of its own. */
@Entity
@Table(name = "webhooks")
@IdClass(OwnedId.class)
public class Webhook {

  @Id
  @Column(name = "company_id")
  private UUID companyId;

  @Id
  @Column(name = "id")
  private UUID id;

  @Column(name = "url")
  private String url;

  @Column(name = "types")
  private @Nullable String types;

  @Column(name = "sealed_secret")
  private byte[] sealedSecret;

  @Column(name = "created_at")
  private Instant createdAt;

  protected Webhook() {}

  /**
   * @param types of events that it is told; empty for all of them
   * @param sealedSecret encrypted for {@link #context}
   */
  public Webhook(
      UUID companyId, UUID id, URI url, List<String> types, byte[] sealedSecret, Instant now) {
    this.companyId = companyId;
    this.id = id;
    this.url = url.toString();
    this.types = types.isEmpty() ? null : types.stream().sorted().collect(Collectors.joining(" "));
    this.sealedSecret = sealedSecret.clone();
    this.createdAt = now;
  }

  /** What the secret is sealed for, so that it opens in no other row. */
  public static String context(UUID companyId, UUID id) {
    return "webhook " + companyId + " " + id;
  }

  public boolean isTold(String type) {
    return types == null || types().contains(type);
  }

  public UUID companyId() {
    return companyId;
  }

  public UUID id() {
    return id;
  }

  public URI url() {
    return URI.create(url);
  }

  /** Empty for all. */
  public List<String> types() {
    return types == null ? List.of() : Arrays.asList(types.split(" "));
  }

  public byte[] sealedSecret() {
    return sealedSecret.clone();
  }

  public Instant createdAt() {
    return createdAt;
  }
}
