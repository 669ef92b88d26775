package org.drawbridge.problem;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Turns refusals into HTTP answers; the only place that does. */
@Provider
public class RefusalMapper implements ExceptionMapper<Refusal> {

  private static final Logger LOG = Logger.getLogger(RefusalMapper.class.getName());

  @Override
  public Response toResponse(Refusal refusal) {
    return answer(refusal);
  }

  static Response answer(Refusal refusal) {
    LogLine.event("request.refused")
        .with("status", refusal.kind().status())
        .with("problem", refusal.type())
        .log(LOG, Level.FINE);
    Response.ResponseBuilder answer =
        Response.status(refusal.kind().status())
            .type(Problem.MEDIA_TYPE)
            .entity(Problem.of(refusal, Correlation.current()).json());
    if (refusal.challenge() != null) {
      answer.header(HttpHeaders.WWW_AUTHENTICATE, refusal.challenge());
    }
    if (refusal.retryAfter() != null) {
      answer.header(HttpHeaders.RETRY_AFTER, Math.max(1, refusal.retryAfter().toSeconds()));
    }
    return answer.build();
  }
}
