package org.drawbridge.company.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;

/** A tenant. Owns applications, groups, people, policies and API keys. */
@Entity
@Table(name = "companies")
public class Company {

  @Id
  @Column(name = "company_id")
  private UUID id;

  @Column(name = "name")
  private String name;

  @Column(name = "number_matching")
  private boolean numberMatching;

  @Column(name = "created_at")
  private Instant createdAt;

  @Version
  @Column(name = "version")
  private long version;

  protected Company() {}

  public Company(UUID id, String name, Instant createdAt) {
    this.id = id;
    this.name = name;
    this.createdAt = createdAt;
  }

  public void rename(String newName) {
    name = newName;
  }

  /**
   * @param on whether a person who approves an unlock has to pick the number that the login page
   *     shows
   */
  public void matchNumbers(boolean on) {
    numberMatching = on;
  }

  public boolean matchesNumbers() {
    return numberMatching;
  }

  public UUID id() {
    return id;
  }

  public String name() {
    return name;
  }

  public Instant createdAt() {
    return createdAt;
  }
}
