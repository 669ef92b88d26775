package org.drawbridge.user.entity;

import org.drawbridge.kernel.Language;
import org.jspecify.annotations.Nullable;

/**
 * What a person prefers, as far as somebody says so: a null member leaves things as they are.
 *
 * @param autoLockMinutes how long an unlock lasts; 0 for no limit
 */
public record Preferences(
    @Nullable UserType userType,
    @Nullable Integer autoLockMinutes,
    @Nullable Boolean autoLockOnAttempt,
    @Nullable Boolean autoLockOnBreach,
    @Nullable Boolean autoLockOnSuccess,
    @Nullable Boolean allowEmailNotification,
    @Nullable Boolean allowSmsNotification,
    @Nullable Language language) {

  /** A year: who wants longer, does not want it at all. */
  public static final int MAX_AUTO_LOCK_MINUTES = 366 * 24 * 60;
}
