package org.drawbridge.challenge.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.drawbridge.challenge.entity.Attempt;
import org.drawbridge.challenge.entity.ChallengeUser;
import org.drawbridge.challenge.entity.KnownDevice;
import org.drawbridge.challenge.entity.Place;
import org.drawbridge.challenge.entity.VerificationMethod;
import org.drawbridge.kernel.Vault;
import org.jspecify.annotations.Nullable;

/**
 * Knows again what people come with, and where from. A browser is known by a cookie, which holds a
 * random name and its MAC, together with its user agent; one cookie serves all who use the browser.
 */
@ApplicationScoped
public class Recognizing {

  /** For how long a device that a company names is known after it was used last. */
  static final Duration MEMORY = Duration.ofDays(180);

  private static final String PURPOSE = "device cookie";
  private static final int NAME_BYTES = 16;

  /**
   * The browser at the challenge page.
   *
   * @param cookie null where it has none
   * @param userAgent null where it does not say
   */
  public record Browser(@Nullable String cookie, @Nullable String userAgent) {}

  @PersistenceContext EntityManager entities;
  @Inject Vault vault;
  @Inject Clock clock;

  /** Whether the attempt is made on what the company named before when the person was let in. */
  boolean isKnown(ChallengeUser user, Attempt attempt) {
    return attempt.deviceId() != null
        && find(user, KnownDevice.named(attempt.deviceId()))
            .filter(known -> known.isKnown(client(attempt.userAgent()), clock.instant()))
            .isPresent();
  }

  /** How the person answered when the browser was remembered; empty where it is not. */
  Optional<VerificationMethod> remembered(ChallengeUser user, Browser browser) {
    return name(browser.cookie())
        .flatMap(name -> find(user, KnownDevice.browser(name)))
        .filter(known -> known.isKnown(client(browser.userAgent()), clock.instant()))
        .map(KnownDevice::verificationMethod);
  }

  private Optional<KnownDevice> find(ChallengeUser user, String device) {
    return Optional.ofNullable(entities.find(KnownDevice.class, new KnownDevice.Key(user, device)));
  }

  /** The person was let in: from there, and with what the company names. */
  void letIn(ChallengeUser user, Attempt attempt, Instant now) {
    user.wasAt(Place.of(attempt.customData()), now);
    if (attempt.deviceId() != null) {
      String device = KnownDevice.named(attempt.deviceId());
      known(user, device, attempt.userAgent(), null, now.plus(MEMORY));
    }
  }

  /**
   * The person wants the browser remembered.
   *
   * @param method how the person has answered
   * @return the cookie that it is to have
   */
  String remember(
      ChallengeUser user, Browser browser, VerificationMethod method, Duration lifetime) {
    String name = name(browser.cookie()).orElseGet(() -> text(vault.randomBytes(NAME_BYTES)));
    Instant until = clock.instant().plus(lifetime);
    known(user, KnownDevice.browser(name), browser.userAgent(), method, until);
    return name + "." + text(vault.mac(PURPOSE, bytes(name)));
  }

  private void known(
      ChallengeUser user,
      String device,
      @Nullable String userAgent,
      @Nullable VerificationMethod method,
      Instant until) {
    find(user, device)
        .ifPresentOrElse(
            known -> known.known(client(userAgent), method, until),
            () ->
                entities.persist(
                    new KnownDevice(user.key(), device, client(userAgent), method, until)));
  }

  /** Nothing that the person came with is known any more. */
  void forget(ChallengeUser user) {
    entities
        .createQuery("delete from KnownDevice d where d.companyId = :company and d.userId = :user")
        .setParameter("company", user.companyId())
        .setParameter("user", user.id())
        .executeUpdate();
  }

  public int removeOver(Instant now) {
    return entities
        .createQuery("delete from KnownDevice d where d.knownUntil < :now")
        .setParameter("now", now)
        .executeUpdate();
  }

  /** Empty for a cookie that this server has not made. */
  private Optional<String> name(@Nullable String cookie) {
    int dot = cookie == null ? -1 : cookie.indexOf('.');
    if (cookie == null || dot < 0) {
      return Optional.empty();
    }
    String name = cookie.substring(0, dot);
    try {
      byte[] mac = Base64.getUrlDecoder().decode(cookie.substring(dot + 1));
      return vault.isMac(PURPOSE, bytes(name), mac) ? Optional.of(name) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static String client(@Nullable String userAgent) {
    return userAgent == null ? "" : userAgent;
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
