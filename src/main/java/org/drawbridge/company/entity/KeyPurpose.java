package org.drawbridge.company.entity;

/** What a company's servers may do with a key. */
public enum KeyPurpose {
  /** Import users, put policies and approval requests. */
  MANAGEMENT("API key", "api-key"),
  /** Call the challenge API; what it answers is signed with the same key. */
  CHALLENGE("challenge secret", "challenge-secret");

  private final String description;
  private final String event;

  KeyPurpose(String description, String event) {
    this.description = description;
    this.event = event;
  }

  public String description() {
    return description;
  }

  /** What the activity log calls it. */
  public String event() {
    return event;
  }
}
