package org.drawbridge.challenge.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
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

  @Enumerated(EnumType.STRING)
  @Column(name = "default_outcome")
  private Outcome defaultOutcome;

  @Column(name = "created_at")
  private Instant createdAt;

  @Version
  @Column(name = "version")
  private long version;

  protected Action() {}

  /** Asks for a challenge, until the company says otherwise. */
  public Action(UUID companyId, String code, Instant now) {
    this.companyId = companyId;
    this.code = code;
    this.defaultOutcome = Outcome.CHALLENGE;
    this.createdAt = now;
  }

  public void endsIn(Outcome outcome) {
    defaultOutcome = outcome;
  }

  public String code() {
    return code;
  }

  public Outcome defaultOutcome() {
    return defaultOutcome;
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
