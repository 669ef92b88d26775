package org.drawbridge.company.entity;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * The domain URL of an application: an origin as browsers write it (RFC 6454 section 6.2), {@code
 * scheme://host[:port]} in lower case, without a trailing slash and without the scheme's usual
 * port. Accepted: {@code https://App.example.com/}, {@code https://app.example.com:443}, {@code
 * http://localhost:3000}. Refused: a path, a query, a user, another scheme.
 */
public record DomainUrl(String url, String host) {

  private static final int MAX_LENGTH = 300;

  /** Empty where the text is no such URL. */
  public static Optional<DomainUrl> parse(String text) {
    String origin = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    try {
      URI uri = new URI(origin);
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      if (text.length() > MAX_LENGTH
          || !(scheme.equals("https") || scheme.equals("http"))
          || uri.getHost() == null
          || uri.getHost().length() > 253
          || !uri.getRawPath().isEmpty()
          || uri.getRawQuery() != null
          || uri.getRawFragment() != null
          || uri.getRawUserInfo() != null
          || uri.getPort() > 65535) {
        return Optional.empty();
      }
      String host = uri.getHost().toLowerCase(Locale.ROOT);
      int usual = scheme.equals("http") ? 80 : 443;
      String port = uri.getPort() < 0 || uri.getPort() == usual ? "" : ":" + uri.getPort();
      return Optional.of(new DomainUrl(scheme + "://" + host + port, host));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
