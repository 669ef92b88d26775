package org.drawbridge;

import jakarta.json.JsonObject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.drawbridge.challenge.boundary.ChallengeErrors;
import org.drawbridge.problem.Correlation;
import org.drawbridge.problem.LogLine;
import org.drawbridge.problem.Malformed;
import org.drawbridge.problem.Problem;
import org.drawbridge.problem.ProblemWriter;
import org.drawbridge.problem.Refusal;
import org.drawbridge.problem.TooLarge;
import org.jspecify.annotations.Nullable;

/**
 * The first to see every request: gives it a correlation id, refuses what no part of the
 * application should have to deal with, adds the headers that every answer has, and logs what
 * failed.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class EdgeFilter extends HttpFilter {

  private static final long serialVersionUID = 1;
  private static final Logger LOG = Logger.getLogger(EdgeFilter.class.getName());

  static final int MAX_BODY = 256 * 1024;
  private static final int MAX_DRAINED = 1024 * 1024;

  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; font-src 'self'; manifest-src 'self'; form-action 'self';"
          + " base-uri 'none'; frame-ancestors 'none'";

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    long start = System.nanoTime();
    String correlation = Correlation.begin();
    try {
      // An error page is written after this filter has returned.
      request.setAttribute(Correlation.HEADER, correlation);
      response.setHeader(Correlation.HEADER, correlation);
      response.setHeader("X-Content-Type-Options", "nosniff");
      response.setHeader("Referrer-Policy", "no-referrer");
      response.setHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
      if (isApi(request.getRequestURI())) {
        response.setHeader("Cache-Control", "no-store");
      }
      if (isChunked(request)) {
        // Payara hides a Content-Length that stood beside it; whatever the sender took for the next
        // request is never read (RFC 9112 section 6.1).
        response.setHeader("Connection", "close");
      }
      Refusal refusal = refusal(request);
      if (refusal != null) {
        // Not all of the body may be read, so the connection cannot be used again.
        response.setHeader("Connection", "close");
        refuse(request, response, refusal);
        if (request.getHeader("Expect") == null) {
          drain(request);
        }
      } else {
        chain.doFilter(readable(request), response);
      }
    } catch (Refusal late) {
      refuse(request, response, late);
    } catch (IOException | ServletException | RuntimeException e) {
      LogLine.event("request.failed").log(LOG, Level.SEVERE, e);
      Problem failure =
          Problem.ofStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR, Correlation.current());
      answer(request, response, failure);
    } finally {
      if (isChunked(request)) {
        drain(request);
      }
      log(request, response, start);
      Correlation.end();
    }
  }

  private static void refuse(
      HttpServletRequest request, HttpServletResponse response, Refusal refusal)
      throws IOException {
    answer(request, response, Problem.of(refusal, Correlation.current()));
  }

  /** In the words of the API that was called. */
  private static void answer(
      HttpServletRequest request, HttpServletResponse response, Problem problem)
      throws IOException {
    if (request.getRequestURI().startsWith("/authsignal/")) {
      int status = problem.status();
      JsonObject error = ChallengeErrors.error(problem.json(), status);
      ProblemWriter.write(response, status, MediaType.APPLICATION_JSON, error);
    } else {
      ProblemWriter.write(response, problem);
    }
  }

  /** The request as every server's JAX-RS can read it, with a body of bounded length. */
  private static HttpServletRequest readable(HttpServletRequest request) {
    HttpServletRequest readable = EmptyBody.of(EscapedAddress.of(request));
    if (isApi(request.getRequestURI())) {
      readable = new AnyAnswer(readable);
    }
    return request.getContentLengthLong() < 0 ? new LimitedBody(readable, MAX_BODY) : readable;
  }

  /** What is answered there is somebody's alone, or true at the moment alone. */
  private static boolean isApi(String path) {
    return Stream.of("/api/v1/", "/authsignal/", "/nl3/", "/v1/").anyMatch(path::startsWith);
  }

  private static boolean isChunked(HttpServletRequest request) {
    return request.getHeader("Transfer-Encoding") != null;
  }

  /**
   * Reads what little is left of the body: a connection that is closed with data unread is reset,
   * and the client may never see the answer.
   */
  private static void drain(HttpServletRequest request) {
    try {
      request.getInputStream().readNBytes(MAX_DRAINED);
    } catch (IOException | IllegalStateException e) {
      LOG.log(Level.FINE, "The rest of a body could not be read", e);
    }
  }

  private static @Nullable Refusal refusal(HttpServletRequest request) {
    if (request.getContentLengthLong() > MAX_BODY) {
      return new TooLarge();
    }
    if (request.getHeader("Transfer-Encoding") != null
        && request.getHeader("Content-Length") != null) {
      // RFC 9112 section 6.1: a sign of request smuggling.
      return new Malformed("A request has Content-Length or Transfer-Encoding, not both.");
    }
    if (hasMalformedEscape(request.getRequestURI())
        || (request.getQueryString() != null && hasMalformedEscape(request.getQueryString()))) {
      return new Malformed("The address has a malformed percent-encoding, or one of NUL.");
    }
    if (request.isRequestedSessionIdFromURL()) {
      // Payara has cut the address off there, and what is left may be somebody else's.
      return new Malformed("The address has a session id, and there are no sessions.");
    }
    return null;
  }

  /** NUL is in no name that anything has, and PostgreSQL fails on it. */
  private static boolean hasMalformedEscape(String uri) {
    for (int i = uri.indexOf('%'); i >= 0; i = uri.indexOf('%', i + 1)) {
      if (i + 2 >= uri.length()
          || Character.digit(uri.charAt(i + 1), 16) < 0
          || Character.digit(uri.charAt(i + 2), 16) < 0
          || uri.startsWith("%00", i)) {
        return true;
      }
    }
    return false;
  }

  /** Failures at WARNING, refusals at INFO, the rest at FINE: answered checks have their record. */
  private static void log(HttpServletRequest request, HttpServletResponse response, long start) {
    int status = response.getStatus();
    Level level = status >= 500 ? Level.WARNING : status >= 400 ? Level.INFO : Level.FINE;
    if (LOG.isLoggable(level)) {
      LogLine.event("request")
          .with("method", request.getMethod())
          .with("path", request.getRequestURI())
          .with("status", status)
          .with("ms", (System.nanoTime() - start) / 1_000_000)
          .log(LOG, level);
    }
  }
}
