package org.drawbridge.account.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** That an account is in a group. */
@Entity
@Table(name = "account_group_members")
@IdClass(AccountGroupMember.Key.class)
public class AccountGroupMember {

  @Id
  @Column(name = "company_id")
  private UUID companyId;

  @Id
  @Column(name = "group_id")
  private UUID groupId;

  @Id
  @Column(name = "account_id")
  private UUID accountId;

  protected AccountGroupMember() {}

  public AccountGroupMember(UUID companyId, UUID groupId, UUID accountId) {
    this.companyId = companyId;
    this.groupId = groupId;
    this.accountId = accountId;
  }

  /** Its primary key. */
  public static class Key implements Serializable {

    private static final long serialVersionUID = 1;

    private @Nullable UUID companyId;
    private @Nullable UUID groupId;
    private @Nullable UUID accountId;

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key that
          && Objects.equals(companyId, that.companyId)
          && Objects.equals(groupId, that.groupId)
          && Objects.equals(accountId, that.accountId);
    }

    @Override
    public int hashCode() {
      return Objects.hash(companyId, groupId, accountId);
    }
  }
}
