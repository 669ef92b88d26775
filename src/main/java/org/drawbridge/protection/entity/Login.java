package org.drawbridge.protection.entity;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Locale;
import java.util.Set;
import org.drawbridge.kernel.Storable;
import org.jspecify.annotations.Nullable;

/**
 * What an enforcement point tells about the login: decoration, recorded and shown, never trusted. A
 * member of a wrong type is left out and one that is too long is cut, because no check is lost to a
 * bad decoration.
 */
public record Login(
    @Nullable String userIp,
    @Nullable String userDevice,
    @Nullable String userLocation,
    @Nullable String userGeo,
    @Nullable String deviceLocation,
    @Nullable String forwardedFor,
    @Nullable String userAgent,
    @Nullable String integrationType,
    @Nullable String phase,
    @Nullable String integrationData) {

  /** Nothing is known about the login. */
  public static final Login UNKNOWN =
      new Login(null, null, null, null, null, null, null, null, null, null);

  private static final int MAX_DATA = 64 * 1024;
  private static final Set<String> AFTER_AUTHENTICATION = Set.of("auth0", "cognito", "aadb2c");

  /**
   * @param deviceLocation the header {@code x-nl3-device-location}: {@code lat,lon}
   * @param forwardedFor the header {@code x-forwarded-for}: the end user's address, by the caller
   */
  public static Login of(
      JsonObject body,
      @Nullable String deviceLocation,
      @Nullable String forwardedFor,
      @Nullable String userAgent) {
    return new Login(
        text(body, "userIP", 64),
        text(body, "userDevice", 512),
        text(body, "userLocation", 255),
        json(body, "userGeo", 255),
        location(deviceLocation),
        fitted(forwardedFor, 255),
        fitted(userAgent, 512),
        text(body, "integrationType", 64),
        text(body, "phase", 32),
        json(body, "integrationData", MAX_DATA));
  }

  /** Whether the person had proven who they are before this check was made. */
  public boolean isAfterAuthentication() {
    return "POST_AUTH".equals(phase)
        || (integrationType != null
            && AFTER_AUTHENTICATION.contains(integrationType.toLowerCase(Locale.ROOT)));
  }

  private static @Nullable String text(JsonObject body, String member, int max) {
    return body.get(member) instanceof JsonString string ? fitted(string.getString(), max) : null;
  }

  private static @Nullable String json(JsonObject body, String member, int max) {
    JsonValue value = body.get(member);
    if (value == null || value == JsonValue.NULL) {
      return null;
    }
    return fitted(value instanceof JsonString string ? string.getString() : value.toString(), max);
  }

  /** Browsers that do not tell where they are make clients send {@code undefined,undefined}. */
  private static @Nullable String location(@Nullable String header) {
    return header == null || header.startsWith("undefined") ? null : fitted(header, 64);
  }

  private static @Nullable String fitted(@Nullable String text, int max) {
    return text == null ? null : Storable.fitted(text, max);
  }
}
