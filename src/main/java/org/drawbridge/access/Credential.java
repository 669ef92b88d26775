package org.drawbridge.access;

/** The kinds of credential a call can ask for, and how {@code WWW-Authenticate} names each. */
public enum Credential {
  DOMAIN_TOKEN("domain token in x-nl3-authorization-token", "DomainToken realm=\"drawbridge\""),
  API_KEY("API key in x-nl3-api-token", "ApiKey realm=\"drawbridge\""),
  CHALLENGE_SECRET("challenge secret as the user name of HTTP Basic", "Basic realm=\"drawbridge\""),
  SESSION("session: sign in", "Session realm=\"drawbridge\""),
  ADMINISTRATOR("administrator's bearer token", "Bearer realm=\"drawbridge\"");

  private final String description;
  private final String challenge;

  Credential(String description, String challenge) {
    this.description = description;
    this.challenge = challenge;
  }

  String description() {
    return description;
  }

  String challenge() {
    return challenge;
  }
}
