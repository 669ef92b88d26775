package org.drawbridge.protection.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.drawbridge.account.entity.AccountStatus;
import org.drawbridge.kernel.OwnedId;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A recorded check, for reading; checks are written in batches on the hot path. */
@Entity
@Immutable
@Table(name = "protection_checks")
@IdClass(OwnedId.class)
public class ProtectionCheck {

  @Id
  @Column(name = "company_id")
  private UUID companyId;

  @Id
  @Column(name = "id")
  private UUID id;

  @Column(name = "application_id")
  private UUID applicationId;

  @Column(name = "account_id")
  private @Nullable UUID accountId;

  @Column(name = "user_account_id")
  private String userAccountId;

  @Enumerated(EnumType.STRING)
  @Column(name = "status")
  private AccountStatus status;

  @Column(name = "locked")
  private boolean locked;

  @Column(name = "ended_unlock")
  private boolean endedUnlock;

  @Column(name = "checked_at")
  private Instant checkedAt;

  @Column(name = "user_ip")
  private @Nullable String userIp;

  @Column(name = "user_device")
  private @Nullable String userDevice;

  @Column(name = "user_location")
  private @Nullable String userLocation;

  @Column(name = "user_geo")
  private @Nullable String userGeo;

  @Column(name = "device_location")
  private @Nullable String deviceLocation;

  @Column(name = "forwarded_for")
  private @Nullable String forwardedFor;

  @Column(name = "user_agent")
  private @Nullable String userAgent;

  @Column(name = "integration_type")
  private @Nullable String integrationType;

  @Column(name = "phase")
  private @Nullable String phase;

  @Column(name = "integration_data")
  private @Nullable String integrationData;

  protected ProtectionCheck() {}

  public UUID id() {
    return id;
  }

  public String userAccountId() {
    return userAccountId;
  }

  public AccountStatus status() {
    return status;
  }

  public boolean isLocked() {
    return locked;
  }

  public boolean endedUnlock() {
    return endedUnlock;
  }

  public Instant checkedAt() {
    return checkedAt;
  }

  public Login login() {
    return new Login(
        userIp,
        userDevice,
        userLocation,
        userGeo,
        deviceLocation,
        forwardedFor,
        userAgent,
        integrationType,
        phase,
        integrationData);
  }

  /** One line for a person, as a user's history shows it. */
  @Override
  public String toString() {
    return checkedAt + " " + status + (userIp == null ? "" : " from " + userIp);
  }
}
