package org.drawbridge.challenge.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.drawbridge.kernel.OwnedId;
import org.jspecify.annotations.Nullable;

/** Something on which a person was let in: what the company names so, or a browser. */
@Entity
@Table(name = "challenge_devices")
@IdClass(KnownDevice.Key.class)
public class KnownDevice {

  @Id
  @Column(name = "company_id")
  private UUID companyId;

  @Id
  @Column(name = "user_id")
  private UUID userId;

  @Id
  @Column(name = "device")
  private String device;

  @Column(name = "user_agent")
  private String userAgent;

  @Enumerated(EnumType.STRING)
  @Column(name = "verification_method")
  private @Nullable VerificationMethod verificationMethod;

  @Column(name = "known_until")
  private Instant knownUntil;

  protected KnownDevice() {}

  /**
   * @param device as {@link #named} or {@link #browser} writes it
   * @param client the user agent; empty where it is not told
   * @param method how the person has answered; null where that does not matter
   */
  public KnownDevice(
      OwnedId user,
      String device,
      String client,
      @Nullable VerificationMethod method,
      Instant until) {
    this.companyId = user.companyId();
    this.userId = user.id();
    this.device = device;
    known(client, method, until);
  }

  /** As the company names it. */
  public static String named(String deviceId) {
    return "named " + deviceId;
  }

  /** By what the cookie of the challenge page holds. */
  public static String browser(String cookieId) {
    return "browser " + cookieId;
  }

  /** The person was let in with it again. */
  public final void known(String client, @Nullable VerificationMethod method, Instant until) {
    userAgent = family(client);
    verificationMethod = method;
    knownUntil = until;
  }

  /** How the person answered when it was remembered; null where nobody was asked. */
  public @Nullable VerificationMethod verificationMethod() {
    return verificationMethod;
  }

  /** Whether it is the same client still, and not forgotten. */
  public boolean isKnown(String client, Instant now) {
    return now.isBefore(knownUntil) && userAgent.equals(family(client));
  }

  /** Browsers become newer without becoming others. */
  private static String family(String client) {
    String family = client.replaceAll("[0-9][0-9._]*", "");
    return family.substring(0, Math.min(family.length(), 1000));
  }

  /** Its primary key. */
  public static class Key implements Serializable {

    private static final long serialVersionUID = 1;

    private @Nullable UUID companyId;
    private @Nullable UUID userId;
    private @Nullable String device;

    protected Key() {}

    public Key(ChallengeUser user, String device) {
      this.companyId = user.companyId();
      this.userId = user.id();
      this.device = device;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key that
          && Objects.equals(companyId, that.companyId)
          && Objects.equals(userId, that.userId)
          && Objects.equals(device, that.device);
    }

    @Override
    public int hashCode() {
      return Objects.hash(companyId, userId, device);
    }
  }
}
