package org.drawbridge.auth0.entity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.drawbridge.auth0.entity.RegistrationRules.Verdict;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Registration rules")
class RegistrationRulesTest {

  private final RegistrationRules rules = new RegistrationRules(UUID.randomUUID());

  @Test
  @DisplayName("let everybody register until somebody sets them")
  void open() {
    assertThat(rules.verdict("ana@example.com", true)).isEqualTo(Verdict.ALLOWED);
    assertThat(rules.verdict("ana", false)).isEqualTo(Verdict.ALLOWED);
    assertThat(rules.allowedDomains()).isEmpty();
  }

  @Test
  @DisplayName("deny a domain and those below it, whatever is allowed")
  void denied() {
    rules.allow(List.of("example.com"));
    rules.deny(List.of("Trash.example.com"));
    assertThat(rules.verdict("a@trash.example.com", false)).isEqualTo(Verdict.DOMAIN_DENIED);
    assertThat(rules.verdict("a@b.TRASH.example.com", false)).isEqualTo(Verdict.DOMAIN_DENIED);
    assertThat(rules.verdict("a@nottrash.example.com", false)).isEqualTo(Verdict.ALLOWED);
    assertThat(rules.verdict("\"x@example.com\"@trash.example.com", false))
        .isEqualTo(Verdict.DOMAIN_DENIED);
  }

  @Test
  @DisplayName("allow the domains that are named, and then nobody without an address")
  void allowed() {
    rules.allow(List.of("example.com", "EXAMPLE.com", "a.example"));
    assertThat(rules.allowedDomains()).containsExactly("a.example", "example.com");
    assertThat(rules.verdict("a@example.com", false)).isEqualTo(Verdict.ALLOWED);
    assertThat(rules.verdict("a@example.com.evil", false)).isEqualTo(Verdict.DOMAIN_NOT_ALLOWED);
    assertThat(rules.verdict("example.com", false)).isEqualTo(Verdict.DOMAIN_NOT_ALLOWED);
    assertThat(rules.verdict("+15550100", false)).isEqualTo(Verdict.DOMAIN_NOT_ALLOWED);
  }

  @Test
  @DisplayName("deny a breached address where they say so")
  void breached() {
    rules.denyBreached(true);
    assertThat(rules.verdict("a@example.com", true)).isEqualTo(Verdict.BREACHED);
    assertThat(rules.verdict("a@example.com", false)).isEqualTo(Verdict.ALLOWED);
  }
}
