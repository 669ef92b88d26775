package org.drawbridge.auth0.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Who may register at a company's applications. A domain stands for those below it, too, and what
 * is denied is denied, whatever is allowed.
 */
@Entity
@Table(name = "registration_rules")
public class RegistrationRules {

  /** What the rules say of somebody, in the order in which they are asked. */
  public enum Verdict {
    DOMAIN_DENIED,
    DOMAIN_NOT_ALLOWED,
    BREACHED,
    ALLOWED
  }

  @Id
  @Column(name = "company_id")
  private UUID companyId;

  @Column(name = "allowed_domains")
  private String allowedDomains;

  @Column(name = "denied_domains")
  private String deniedDomains;

  @Column(name = "deny_breached")
  private boolean denyBreached;

  @Version
  @Column(name = "version")
  private long version;

  protected RegistrationRules() {}

  /** Lets everybody register. */
  public RegistrationRules(UUID companyId) {
    this.companyId = companyId;
    this.allowedDomains = "";
    this.deniedDomains = "";
  }

  /**
   * @param domains of e-mail addresses; none for all
   */
  public void allow(List<String> domains) {
    allowedDomains = joined(domains);
  }

  public void deny(List<String> domains) {
    deniedDomains = joined(domains);
  }

  /**
   * @param on whether addresses that a breach was told of may not register
   */
  public void denyBreached(boolean on) {
    denyBreached = on;
  }

  /**
   * @param name an e-mail address, or what else the person would be known by
   * @param breached whether a breach of it was told of
   */
  public Verdict verdict(String name, boolean breached) {
    String domain = name.substring(name.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    boolean isAddress = name.indexOf('@') >= 0;
    if (isAddress && isBelow(deniedDomains(), domain)) {
      return Verdict.DOMAIN_DENIED;
    }
    // Who has no address is of no domain that was allowed.
    if (!allowedDomains.isEmpty() && !(isAddress && isBelow(allowedDomains(), domain))) {
      return Verdict.DOMAIN_NOT_ALLOWED;
    }
    return denyBreached && breached ? Verdict.BREACHED : Verdict.ALLOWED;
  }

  private static boolean isBelow(List<String> domains, String domain) {
    return domains.stream().anyMatch(d -> domain.equals(d) || domain.endsWith("." + d));
  }

  public List<String> allowedDomains() {
    return split(allowedDomains);
  }

  public List<String> deniedDomains() {
    return split(deniedDomains);
  }

  public boolean deniesBreached() {
    return denyBreached;
  }

  private static String joined(List<String> domains) {
    return domains.stream()
        .map(domain -> domain.toLowerCase(Locale.ROOT))
        .distinct()
        .sorted()
        .collect(Collectors.joining(" "));
  }

  private static List<String> split(String domains) {
    return domains.isEmpty() ? List.of() : Arrays.asList(domains.split(" "));
  }
}
