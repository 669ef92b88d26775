package org.drawbridge.notification.control;

import com.interaso.webpush.VapidKeys;
import com.interaso.webpush.WebPush;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.drawbridge.access.UserCaller;
import org.drawbridge.company.control.Companies;
import org.drawbridge.kernel.Ids;
import org.drawbridge.kernel.OutboundHttp;
import org.drawbridge.kernel.OwnedId;
import org.drawbridge.kernel.Storable;
import org.drawbridge.kernel.Vault;
import org.drawbridge.notification.entity.PushKeys;
import org.drawbridge.notification.entity.PushSubscription;
import org.drawbridge.problem.Impossible;
import org.drawbridge.problem.MemberError;
import org.drawbridge.problem.NotFound;
import org.jspecify.annotations.Nullable;

/** The browsers that show notices, and the keys by which push services know a company. */
@ApplicationScoped
public class PushSubscriptions {

  private static final int MOST = 10;
  private static final int POINT_BYTES = 65;
  private static final int UNCOMPRESSED = 4;
  private static final int AUTH_BYTES = 16;
  private static final int MAX_USER_AGENT = 255;

  @PersistenceContext EntityManager entities;
  @Inject Companies companies;
  @Inject OutboundHttp http;
  @Inject Vault vault;
  @Inject Clock clock;

  /**
   * Adds a browser. One that is there already, with the same endpoint, is replaced; and so is the
   * oldest of ten.
   *
   * @throws Impossible where that is no subscription of a browser's
   */
  public PushSubscription add(
      UserCaller caller, String endpoint, String p256dh, String auth, @Nullable String userAgent) {
    URI address = http.address("endpoint", endpoint, "https://push.example.net/one");
    byte[] point = decoded("/keys/p256dh", p256dh, POINT_BYTES);
    byte[] secret = decoded("/keys/auth", auth, AUTH_BYTES);
    requireKey(point, secret);
    // A browser that made its subscription without asking for the key is not pushed in vain.
    publicKey(caller.companyId());
    List<PushSubscription> own = of(caller.companyId(), caller.userId());
    own.stream().filter(s -> s.endpoint().equals(address)).forEach(entities::remove);
    own.stream().limit(Math.max(0, own.size() - MOST + 1)).forEach(entities::remove);
    Instant now = clock.instant();
    PushSubscription subscription =
        new PushSubscription(
            caller.companyId(),
            Ids.next(now),
            caller.userId(),
            address,
            point,
            secret,
            Storable.fitted(userAgent == null ? "" : userAgent, MAX_USER_AGENT),
            now);
    entities.persist(subscription);
    return subscription;
  }

  private static void requireKey(byte[] point, byte[] secret) {
    if (point[0] != UNCOMPRESSED || !isOnCurve(point, secret)) {
      throw new Impossible(new MemberError("/keys/p256dh", "must be an uncompressed P-256 point"));
    }
  }

  /** It shows when something is encrypted for it, here by keys and in a name that nobody keeps. */
  private static boolean isOnCurve(byte[] point, byte[] secret) {
    try {
      new WebPush("mailto:nobody@localhost", VapidKeys.generate())
          .getBody(new byte[0], point, secret);
      return true;
    } catch (Exception e) {
      // InvalidKeyException: Kotlin throws checked exceptions without declaring them.
      return false;
    }
  }

  private static byte[] decoded(String pointer, String base64Url, int length) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(base64Url);
      if (bytes.length == length) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      // told below
    }
    throw new Impossible(new MemberError(pointer, "must be " + length + " bytes in base64url"));
  }

  /** Oldest first. */
  public List<PushSubscription> of(UUID companyId, UUID userId) {
    return entities
        .createQuery(
            "select s from PushSubscription s where s.companyId = :company and s.userId = :user"
                + " order by s.id",
            PushSubscription.class)
        .setParameter("company", companyId)
        .setParameter("user", userId)
        .getResultList();
  }

  /**
   * @throws NotFound where the person has no such browser
   */
  public void remove(UserCaller caller, UUID id) {
    entities.remove(
        of(caller.companyId(), caller.userId()).stream()
            .filter(s -> s.id().equals(id))
            .findFirst()
            .orElseThrow(() -> new NotFound("push subscription")));
  }

  /** Does nothing where it is gone already. */
  public void remove(OwnedId subscription) {
    Optional.ofNullable(entities.find(PushSubscription.class, subscription))
        .ifPresent(entities::remove);
  }

  /** After a reset there is none left. */
  public void removeAll(UUID companyId, UUID userId) {
    of(companyId, userId).forEach(entities::remove);
  }

  /** What browsers need to subscribe, an uncompressed point in base64url; made at the first use. */
  public String publicKey(UUID companyId) {
    PushKeys keys = entities.find(PushKeys.class, companyId);
    if (keys == null) {
      // Of two who want the first at the same time, the second one finds what the other has made.
      companies.hold(companyId);
      keys = entities.find(PushKeys.class, companyId);
    }
    VapidKeys pair = keys == null ? made(companyId) : opened(companyId, keys);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(pair.getApplicationServerKey());
  }

  private VapidKeys made(UUID companyId) {
    VapidKeys pair = VapidKeys.generate();
    entities.persist(
        new PushKeys(
            companyId,
            pair.getX509PublicKey(),
            vault.seal(
                pair.getPkcs8PrivateKey().getBytes(StandardCharsets.US_ASCII),
                PushKeys.context(companyId))));
    return pair;
  }

  private VapidKeys opened(UUID companyId, PushKeys keys) {
    byte[] privateKey = vault.open(keys.sealedPrivateKey(), PushKeys.context(companyId));
    return VapidKeys.create(keys.publicKey(), new String(privateKey, StandardCharsets.US_ASCII));
  }

  /**
   * @throws IllegalStateException where nobody has ever subscribed, so that there are none
   */
  VapidKeys keys(UUID companyId) {
    PushKeys keys = entities.find(PushKeys.class, companyId);
    if (keys == null) {
      throw new IllegalStateException("The company has no push keys");
    }
    return opened(companyId, keys);
  }
}
