package org.drawbridge.access;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The {@code iss} of a domain token: a domain URL, with or without a trailing slash, or a bare host
 * name.
 *
 * @param host lower case
 * @param url {@code scheme://host[:port]} in lower case, without the scheme's usual port; null for
 *     a bare host name
 */
record Issuer(String host, @Nullable String url) {

  private static final int MAX_LENGTH = 300;

  private static final Pattern USUAL_PORT = Pattern.compile("(http://.*):80|(https://.*):443");

  /** Null where the text is neither. */
  static @Nullable Issuer of(String text) {
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      return null;
    }
    if (!text.contains("://")) {
      String host = text.toLowerCase(Locale.ROOT);
      return host.matches("[a-z0-9]([a-z0-9.-]*[a-z0-9])?") ? new Issuer(host, null) : null;
    }
    String origin = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    try {
      URI uri = new URI(origin);
      if (uri.getHost() == null
          || !uri.getRawPath().isEmpty()
          || uri.getRawQuery() != null
          || uri.getRawFragment() != null
          || uri.getRawUserInfo() != null) {
        return null;
      }
      String url = origin.toLowerCase(Locale.ROOT);
      Matcher usual = USUAL_PORT.matcher(url);
      return new Issuer(
          uri.getHost().toLowerCase(Locale.ROOT),
          usual.matches() ? usual.replaceFirst("$1$2") : url);
    } catch (URISyntaxException e) {
      return null;
    }
  }

  boolean names(String applicationUrl) {
    return url == null || url.equals(applicationUrl);
  }
}
