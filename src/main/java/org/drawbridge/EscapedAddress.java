package org.drawbridge;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A request whose address holds no character that RFC 3986 forbids: what a client left unescaped,
 * such as the bar in {@code auth0|5f7c}, is percent-encoded. RESTEasy cannot read the address
 * otherwise; Jersey can.
 *
 * <p>So is a semicolon in the path: JAX-RS would take what follows it for matrix parameters, which
 * nothing here has, and {@code auth0|ana;x} for {@code auth0|ana}, who is somebody else.
 */
final class EscapedAddress extends HttpServletRequestWrapper {

  /** RFC 3986: unreserved, the delimiters that may stand in a path, and the escape. */
  private static final String IN_PATH = "-._~!$&'()*+,=:@/%";

  private static final String IN_QUERY = IN_PATH + ";?";

  private EscapedAddress(HttpServletRequest request) {
    super(request);
  }

  /** Answers the request itself where nothing is to be escaped, which is nearly always. */
  static HttpServletRequest of(HttpServletRequest request) {
    boolean legal =
        isLegal(request.getRequestURI(), IN_PATH) && isLegal(request.getQueryString(), IN_QUERY);
    return legal ? request : new EscapedAddress(request);
  }

  @Override
  public String getRequestURI() {
    return escapedPath(super.getRequestURI());
  }

  @Override
  public StringBuffer getRequestURL() {
    String path = super.getRequestURI();
    StringBuffer url = super.getRequestURL();
    String origin = url.substring(0, url.length() - path.length());
    return new StringBuffer(origin).append(escapedPath(path));
  }

  @Override
  public @Nullable String getQueryString() {
    String query = super.getQueryString();
    return query == null ? null : escapedQuery(query);
  }

  static String escapedPath(String path) {
    return escaped(path, IN_PATH);
  }

  static String escapedQuery(String query) {
    return escaped(query, IN_QUERY);
  }

  private static String escaped(String text, String delimiters) {
    if (isLegal(text, delimiters)) {
      return text;
    }
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              if (isLegal(c, delimiters)) {
                escaped.append((char) c);
              } else {
                appendEscape(escaped, c);
              }
            });
    return escaped.toString();
  }

  private static void appendEscape(StringBuilder escaped, int codePoint) {
    // A server that leaves the address as it came hands out one char for each byte.
    byte[] bytes =
        codePoint <= 0xff
            ? new byte[] {(byte) codePoint}
            : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
    for (byte b : bytes) {
      escaped.append('%').append("%02X".formatted(b));
    }
  }

  private static boolean isLegal(@Nullable String text, String delimiters) {
    return text == null || text.chars().allMatch(c -> isLegal(c, delimiters));
  }

  private static boolean isLegal(int c, String delimiters) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || delimiters.indexOf(c) >= 0;
  }
}
