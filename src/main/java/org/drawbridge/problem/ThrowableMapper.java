package org.drawbridge.problem;

import jakarta.persistence.EntityNotFoundException;
import jakarta.persistence.OptimisticLockException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.sql.SQLException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

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
    return answer(thrown);
  }

  static Response answer(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof Refusal refusal) {
        return RefusalMapper.answer(refusal);
      }
      if (t instanceof WebApplicationException refused) {
        return statusOf(refused.getResponse());
      }
      if (t instanceof SQLException failure) {
        Refusal refusal = refusal(failure);
        if (refusal != null) {
          LogLine.event("storage.refused")
              .with("sqlState", failure.getSQLState())
              .with("message", failure.getMessage())
              .log(LOG, Level.WARNING);
          return RefusalMapper.answer(refusal);
        }
      }
      // Somebody else has changed it meanwhile, or removed it.
      if (t instanceof OptimisticLockException || t instanceof EntityNotFoundException) {
        return RefusalMapper.answer(new ConflictingChange());
      }
      if (t == t.getCause()) {
        break;
      }
    }
    LogLine.event("request.failed").log(LOG, Level.SEVERE, thrown);
    return problem(500).build();
  }

  /**
   * By the class of the SQLSTATE: what a client met by bad luck is no defect. A pool that cannot
   * give a connection says so without any state.
   */
  static @Nullable Refusal refusal(SQLException failure) {
    String state = failure.getSQLState();
    if (state == null
        || state.startsWith("08")
        || state.startsWith("53")
        || state.startsWith("57")) {
      return new StorageUnavailable();
    }
    if (state.startsWith("22")) {
      // A value that does not fit, and that nothing has measured before.
      return new Impossible(
          new MemberError("", "has a value that is too long or cannot be stored"));
    }
    return state.startsWith("40")
            || state.equals("23503")
            || state.equals("23505")
            || state.equals("55P03")
        ? new ConflictingChange()
        : null;
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
