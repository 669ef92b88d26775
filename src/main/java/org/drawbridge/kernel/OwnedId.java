package org.drawbridge.kernel;

import java.io.Serializable;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Primary key of everything a company owns; begins with the company, as every key does. */
public class OwnedId implements Serializable {

  private static final long serialVersionUID = 1;

  private @Nullable UUID companyId;
  private @Nullable UUID id;

  protected OwnedId() {}

  public OwnedId(UUID companyId, UUID id) {
    this.companyId = companyId;
    this.id = id;
  }

  public UUID companyId() {
    return Objects.requireNonNull(companyId);
  }

  public UUID id() {
    return Objects.requireNonNull(id);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof OwnedId that
        && Objects.equals(companyId, that.companyId)
        && Objects.equals(id, that.id);
  }

  @Override
  public int hashCode() {
    return Objects.hash(companyId, id);
  }
}
