package org.drawbridge;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request whose sender takes whatever media type the answer has. Every address of the API has one
 * alone, and a login must not fail because of what a client says it prefers.
 */
final class AnyAnswer extends HttpServletRequestWrapper {

  AnyAnswer(HttpServletRequest request) {
    super(request);
  }

  @Override
  public @Nullable String getHeader(String name) {
    return isAccept(name) ? null : super.getHeader(name);
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    return isAccept(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
  }

  @Override
  public Enumeration<String> getHeaderNames() {
    List<String> names = Collections.list(super.getHeaderNames());
    names.removeIf(AnyAnswer::isAccept);
    return Collections.enumeration(names);
  }

  private static boolean isAccept(String name) {
    return HttpHeaders.ACCEPT.equalsIgnoreCase(name);
  }
}
