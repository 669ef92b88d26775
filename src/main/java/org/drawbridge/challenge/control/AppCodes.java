package org.drawbridge.challenge.control;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import com.google.common.io.BaseEncoding;
import io.nayuki.qrcodegen.QrCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.spec.SecretKeySpec;
import org.drawbridge.kernel.Storable;
import org.drawbridge.kernel.Vault;

/** The codes of authenticator apps: TOTP (RFC 6238) with SHA-1, six digits and steps of 30 s. */
@ApplicationScoped
public class AppCodes {

  private static final int SECRET_BYTES = 20;
  private static final int STEPS_OF_DRIFT = 1;
  private static final int QUIET_ZONE = 4;
  private static final int MAX_NAME = 60;

  @Inject Vault vault;

  /** As RFC 4226 section 4 recommends: 160 bits. */
  byte[] newSecret() {
    return vault.randomBytes(SECRET_BYTES);
  }

  /**
   * The time step that a code is of: the current one, the one before or the one after, for clocks
   * that differ. Empty where it is none of these.
   */
  OptionalLong step(byte[] secret, String code, Instant now) {
    try {
      TimeBasedOneTimePasswordGenerator codes = new TimeBasedOneTimePasswordGenerator();
      SecretKeySpec key = new SecretKeySpec(secret, codes.getAlgorithm());
      long length = codes.getTimeStep().toSeconds();
      long current = now.getEpochSecond() / length;
      OptionalLong found = OptionalLong.empty();
      for (long step = current - STEPS_OF_DRIFT; step <= current + STEPS_OF_DRIFT; step++) {
        String right =
            codes.generateOneTimePasswordString(
                key, Instant.ofEpochSecond(step * length), Locale.ROOT);
        if (isSame(right, code)) {
          found = OptionalLong.of(step);
        }
      }
      return found;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA1 is not available", e);
    }
  }

  private static boolean isSame(String right, String given) {
    return MessageDigest.isEqual(
        right.getBytes(StandardCharsets.US_ASCII), given.getBytes(StandardCharsets.UTF_8));
  }

  /** What apps read, in Google Authenticator's key URI format. */
  static String uri(String issuer, String account, byte[] secret) {
    return "otpauth://totp/%s:%s?secret=%s&issuer=%s"
        .formatted(encoded(issuer), encoded(account), base32(secret), encoded(issuer));
  }

  private static String encoded(String text) {
    // More than that is too much for a QR code.
    return URLEncoder.encode(Storable.fitted(text, MAX_NAME), StandardCharsets.UTF_8)
        .replace("+", "%20");
  }

  /** RFC 4648 section 6, without padding. */
  static String base32(byte[] bytes) {
    return BaseEncoding.base32().omitPadding().encode(bytes);
  }

  /** A picture of a text that cameras read, black on white whatever the page's colours. */
  static String qrCode(String text) {
    QrCode code = QrCode.encodeText(text, QrCode.Ecc.LOW);
    int size = code.size + 2 * QUIET_ZONE;
    StringBuilder path = new StringBuilder();
    for (int y = 0; y < code.size; y++) {
      for (int x = 0; x < code.size; x++) {
        if (code.getModule(x, y)) {
          path.append("M%d,%dh1v1h-1z".formatted(x + QUIET_ZONE, y + QUIET_ZONE));
        }
      }
    }
    String svg =
        ("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\">"
                + "<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/><path d=\"%s\"/></svg>")
            .formatted(size, size, path);
    return "data:image/svg+xml;base64,"
        + Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8));
  }
}
