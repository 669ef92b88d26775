package org.drawbridge.account.control;

import java.time.Instant;
import java.util.UUID;
import org.drawbridge.account.entity.AccountGroup;
import org.jspecify.annotations.Nullable;

/** A group as answers show it. */
public record GroupView(
    UUID id,
    UUID companyId,
    String groupKey,
    String groupName,
    @Nullable String groupDescription,
    String createdByUser,
    Instant createdDate,
    String modifiedByUser,
    Instant lastModifiedDate) {

  public static GroupView of(AccountGroup group) {
    return new GroupView(
        group.id(),
        group.companyId(),
        group.key(),
        group.name(),
        group.description(),
        group.createdBy(),
        group.createdAt(),
        group.modifiedBy(),
        group.modifiedAt());
  }
}
