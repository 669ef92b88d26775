package org.drawbridge.challenge.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Something that people do at a company's application, such as {@code auth0-login}. */
@Entity
@Table(name = "challenge_actions")
@IdClass(Action.Key.class)
public class Action {

  @Id
  @Column(name = "company_id")
  private UUID companyId;

  @Id
  @Column(name = "code")
  private String code;

  @Column(name = "rules_version")
  private int rulesVersion;

  @Column(name = "created_at")
  private Instant createdAt;

  @Version
  @Column(name = "version")
  private long version;

  protected Action() {}

  /** Ends as the first version of its rules says. */
  public Action(UUID companyId, String code, Instant now) {
    this.companyId = companyId;
    this.code = code;
    this.rulesVersion = 1;
    this.createdAt = now;
  }

  /** The company has written its rules anew; answers which version that is. */
  public int rewritten() {
    return ++rulesVersion;
  }

  public String code() {
    return code;
  }

  public UUID companyId() {
    return companyId;
  }

  /** Counts from 1. */
  public int rulesVersion() {
    return rulesVersion;
  }

  public Instant createdAt() {
    return createdAt;
  }

  /** An action's code is its company's own. */
  public static class Key implements Serializable {

    private static final long serialVersionUID = 1;

    private @Nullable UUID companyId;
    private @Nullable String code;

    protected Key() {}

    public Key(UUID companyId, String code) {
      this.companyId = companyId;
      this.code = code;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key that
          && Objects.equals(companyId, that.companyId)
          && Objects.equals(code, that.code);
    }

    @Override
    public int hashCode() {
      return Objects.hash(companyId, code);
    }
  }
}
