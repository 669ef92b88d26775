package org.drawbridge.user.control;

import jakarta.json.bind.annotation.JsonbProperty;
import java.util.List;
import java.util.UUID;
import org.drawbridge.account.control.AccountView;
import org.drawbridge.user.entity.UserType;
import org.jspecify.annotations.Nullable;

/**
 * A user as answers show it, wherever one stands in them.
 *
 * @param userId the same as {@code id}; clients look for either
 * @param language null for the company's
 * @param accountProtectionCheckHistory the latest 10 checks of all accounts, newest first
 */
public record UserView(
    UUID id,
    UUID userId,
    String username,
    String email,
    boolean emailVerified,
    @JsonbProperty("first_name") String firstName,
    @JsonbProperty("last_name") String lastName,
    @JsonbProperty("full_name") String fullName,
    @Nullable String phone,
    UserType userType,
    int autoLockMinutes,
    boolean autoLockOnAttempt,
    boolean autoLockOnBreach,
    boolean autoLockOnSuccess,
    boolean allowEmailNotification,
    boolean allowSmsNotification,
    @Nullable String language,
    @JsonbProperty("isEULAAccepted") boolean eulaAccepted,
    @JsonbProperty("isHelpViewed") boolean helpViewed,
    Aggregations aggregations,
    List<AccountView> accounts,
    List<String> accountProtectionCheckHistory) {

  /** Checks of all the user's accounts; {@code todayBlocked} counts from midnight UTC. */
  public record Aggregations(long todayBlocked, long totalAllowed, long totalBlocked) {}
}
