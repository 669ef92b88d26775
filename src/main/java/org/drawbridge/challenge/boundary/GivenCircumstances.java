package org.drawbridge.challenge.boundary;

import jakarta.json.JsonObject;
import org.drawbridge.challenge.entity.Attempt.Circumstances;
import org.drawbridge.kernel.Storable;
import org.jspecify.annotations.Nullable;

/** Reads what a company tells of an attempt. */
final class GivenCircumstances {

  private static final int MAX_ADDRESS = 64;
  private static final int MAX_USER_AGENT = 1000;
  private static final int MAX_DEVICE_ID = 255;

  private GivenCircumstances() {}

  /** Cut where it is too long: no login fails for a strange browser. */
  static Circumstances of(
      @Nullable String redirectUrl,
      @Nullable String ipAddress,
      @Nullable String userAgent,
      @Nullable String deviceId,
      @Nullable JsonObject custom) {
    return new Circumstances(
        redirectUrl,
        fitted(ipAddress, MAX_ADDRESS),
        fitted(userAgent, MAX_USER_AGENT),
        fitted(deviceId, MAX_DEVICE_ID),
        CustomData.kept(custom));
  }

  private static @Nullable String fitted(@Nullable String text, int max) {
    return text == null ? null : Storable.fitted(text, max);
  }
}
