package org.drawbridge.company.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.drawbridge.kernel.Language;

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

  @Enumerated(EnumType.STRING)
  @Column(name = "language")
  private Language language;

  @Column(name = "created_at")
  private Instant createdAt;

  @Version
  @Column(name = "version")
  private long version;

  protected Company() {}

  public Company(UUID id, String name, Instant createdAt) {
    this.id = id;
    this.name = name;
    this.language = Language.EN;
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

  /**
   * @param newLanguage of what people are told who have not chosen another
   */
  public void speak(Language newLanguage) {
    language = newLanguage;
  }

  public Language language() {
    return language;
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
