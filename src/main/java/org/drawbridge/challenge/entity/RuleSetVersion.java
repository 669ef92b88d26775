package org.drawbridge.challenge.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.drawbridge.kernel.JsonBody;
import org.drawbridge.kernel.JsonMember;
import org.drawbridge.problem.MemberError;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** What a company wanted of an action, until it wrote that anew; kept for ever. */
@Entity
@Immutable
@Table(name = "challenge_rule_sets")
@IdClass(RuleSetVersion.Key.class)
public class RuleSetVersion {

  @Id
  @Column(name = "company_id")
  private UUID companyId;

  @Id
  @Column(name = "action_code")
  private String action;

  @Id
  @Column(name = "version")
  private int version;

  @Enumerated(EnumType.STRING)
  @Column(name = "default_outcome")
  private Outcome defaultOutcome;

  @Column(name = "rules")
  private String rules;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "created_by")
  private String createdBy;

  protected RuleSetVersion() {}

  /** The current one of the action. */
  public RuleSetVersion(Action action, RuleSet ruleSet, String createdBy, Instant now) {
    this.companyId = action.companyId();
    this.action = action.code();
    this.version = action.rulesVersion();
    this.defaultOutcome = ruleSet.defaultOutcome();
    this.rules = ruleSet.json().toString();
    this.createdAt = now;
    this.createdBy = createdBy;
  }

  public RuleSet ruleSet() {
    List<MemberError> errors = new ArrayList<>();
    RuleSet ruleSet =
        RuleSet.read(
            defaultOutcome,
            new JsonMember(JsonBody.parse(rules.getBytes(StandardCharsets.UTF_8)), "", errors),
            UUID::randomUUID);
    if (!errors.isEmpty()) {
      throw new IllegalStateException("Rules that were kept cannot be read: " + errors);
    }
    return ruleSet;
  }

  public int version() {
    return version;
  }

  public Instant createdAt() {
    return createdAt;
  }

  public String createdBy() {
    return createdBy;
  }

  /** Its primary key. */
  public static class Key implements Serializable {

    private static final long serialVersionUID = 1;

    private @Nullable UUID companyId;
    private @Nullable String action;
    private int version;

    protected Key() {}

    public Key(UUID companyId, String action, int version) {
      this.companyId = companyId;
      this.action = action;
      this.version = version;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key that
          && Objects.equals(companyId, that.companyId)
          && Objects.equals(action, that.action)
          && version == that.version;
    }

    @Override
    public int hashCode() {
      return Objects.hash(companyId, action, version);
    }
  }
}
