package org.drawbridge.challenge.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a company allows at challenges. */
@Entity
@Table(name = "challenge_settings")
public class ChallengeSettings {

  @Id
  @Column(name = "company_id")
  private UUID companyId;

  @Column(name = "allowed_origins")
  private String allowedOrigins;

  @Column(name = "verification_methods")
  private String verificationMethods;

  @Column(name = "remember_device_days")
  private int rememberDeviceDays;

  @Version
  @Column(name = "version")
  private long version;

  protected ChallengeSettings() {}

  /**
   * As they were read: both separated by blanks.
   *
   * @param rememberDeviceDays for how long people may have a browser remembered; 0 for not at all
   */
  public ChallengeSettings(
      UUID companyId, String allowedOrigins, String verificationMethods, int rememberDeviceDays) {
    this.companyId = companyId;
    this.allowedOrigins = allowedOrigins;
    this.verificationMethods = verificationMethods;
    this.rememberDeviceDays = rememberDeviceDays;
  }

  /** Sends nobody back anywhere, and lets people answer as they like. */
  public ChallengeSettings(UUID companyId) {
    this(companyId, "", names(EnumSet.allOf(VerificationMethod.class)), 0);
  }

  public void allow(Set<VerificationMethod> methods) {
    verificationMethods = names(methods);
  }

  private static String names(Set<VerificationMethod> methods) {
    return methods.stream().sorted().map(Enum::name).collect(Collectors.joining(" "));
  }

  /**
   * @param origins each as {@link #origin} writes it
   */
  public void allow(List<String> origins) {
    allowedOrigins = origins.stream().distinct().sorted().collect(Collectors.joining(" "));
  }

  public List<String> allowedOrigins() {
    return words(allowedOrigins);
  }

  /** In the order in which they are offered. */
  public Set<VerificationMethod> verificationMethods() {
    return VerificationMethod.named(verificationMethods);
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : Arrays.asList(text.split(" "));
  }

  /**
   * @param days for how long people may have a browser remembered; 0 for not at all
   */
  public void rememberDevices(int days) {
    rememberDeviceDays = days;
  }

  /** For how many days people may have a browser remembered; 0 for not at all. */
  public int rememberDeviceDays() {
    return rememberDeviceDays;
  }

  /** Whether people may be sent to an address. */
  public boolean isAllowed(String address) {
    String origin = origin(address);
    return origin != null && allowedOrigins().contains(origin);
  }

  /**
   * The origin of an address (RFC 6454 section 6.2); null for what is none of {@code https}, or of
   * {@code http} on the loopback host, and for what a browser might read differently.
   */
  public static @Nullable String origin(String address) {
    try {
      URI uri = new URI(address);
      String host = uri.getHost();
      if (host == null || uri.getScheme() == null || uri.getRawUserInfo() != null) {
        return null;
      }
      String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
      String name = host.toLowerCase(Locale.ROOT);
      boolean secure =
          scheme.equals("https") || (scheme.equals("http") && name.equals("localhost"));
      int standard = scheme.equals("https") ? 443 : 80;
      String port = uri.getPort() < 0 || uri.getPort() == standard ? "" : ":" + uri.getPort();
      return secure ? scheme + "://" + name + port : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
