package org.drawbridge;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request without a body, and so without a media type, taken for empty JSON. RESTEasy refuses it
 * with 415 where a resource says what it consumes; Jersey does not.
 */
final class EmptyBody extends HttpServletRequestWrapper {

  private static final Set<String> TAKING_BODIES = Set.of("POST", "PUT", "PATCH");

  private EmptyBody(HttpServletRequest request) {
    super(request);
  }

  /** Answers the request itself where it has a body or a media type. */
  static HttpServletRequest of(HttpServletRequest request) {
    boolean empty =
        request.getContentLengthLong() == 0
            || (request.getContentLengthLong() < 0
                && request.getProtocol().startsWith("HTTP/1")
                && request.getHeader("Transfer-Encoding") == null);
    return empty && request.getContentType() == null && TAKING_BODIES.contains(request.getMethod())
        ? new EmptyBody(request)
        : request;
  }

  @Override
  public String getContentType() {
    return MediaType.APPLICATION_JSON;
  }

  @Override
  public @Nullable String getHeader(String name) {
    return isContentType(name) ? getContentType() : super.getHeader(name);
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    return isContentType(name)
        ? Collections.enumeration(Set.of(getContentType()))
        : super.getHeaders(name);
  }

  @Override
  public Enumeration<String> getHeaderNames() {
    Set<String> names = new LinkedHashSet<>(Collections.list(super.getHeaderNames()));
    names.add(HttpHeaders.CONTENT_TYPE);
    return Collections.enumeration(names);
  }

  private static boolean isContentType(String name) {
    return HttpHeaders.CONTENT_TYPE.equalsIgnoreCase(name);
  }
}
