package org.drawbridge.problem;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Answers whatever no rule foresaw. A refusal that the container wrapped (a transaction interceptor
 * does that) is unwrapped; anything else is a defect, logged whole and told to the client by its
 * correlation id alone.
 */
@Provider
public class ThrowableMapper implements ExceptionMapper<Throwable> {

  private static final Logger LOG = Logger.getLogger(ThrowableMapper.class.getName());

  @Override
  public Response toResponse(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof Refusal refusal) {
        return RefusalMapper.answer(refusal);
      }
      if (t instanceof WebApplicationException refused) {
        return statusOf(refused.getResponse());
      }
      if (t == t.getCause()) {
        break;
      }
    }
    LogLine.event("request.failed").log(LOG, Level.SEVERE, thrown);
    return problem(500).build();
  }

  private static Response statusOf(Response response) {
    Response.ResponseBuilder answer = problem(response.getStatus());
    String allow = response.getHeaderString(HttpHeaders.ALLOW);
    if (allow != null) {
      answer.header(HttpHeaders.ALLOW, allow);
    }
    return answer.build();
  }

  private static Response.ResponseBuilder problem(int status) {
    return Response.status(status)
        .type(Problem.MEDIA_TYPE)
        .entity(Problem.ofStatus(status, Correlation.current()).json());
  }
}
