package org.drawbridge.problem;

import jakarta.transaction.TransactionalException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/**
 * Answers what went wrong in the commit, by its cause. Jersey brings a mapper of its own for this
 * exception, which would take it away from {@link ThrowableMapper} and fail on it.
 */
@Provider
public class CommitFailureMapper implements ExceptionMapper<TransactionalException> {

  @Override
  public Response toResponse(TransactionalException thrown) {
    return ThrowableMapper.answer(thrown);
  }
}
