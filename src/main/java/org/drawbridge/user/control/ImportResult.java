package org.drawbridge.user.control;

import java.util.List;
import java.util.UUID;
import org.drawbridge.problem.MemberError;
import org.jspecify.annotations.Nullable;

/**
 * What became of one row.
 *
 * @param index of the row in the request, from 0
 * @param errors what is wrong with a row that failed; pointers lead into the request
 */
public record ImportResult(
    int index,
    Status status,
    @Nullable String userAccountId,
    @Nullable UUID accountId,
    @Nullable UUID userId,
    List<MemberError> errors) {

  /** CREATED also where only the user or only the account was missing. */
  public enum Status {
    CREATED,
    EXISTED,
    FAILED
  }

  public static ImportResult failed(
      int index, @Nullable String userAccountId, List<MemberError> errors) {
    List<MemberError> located = errors.stream().map(e -> e.below("/" + index)).toList();
    return new ImportResult(index, Status.FAILED, userAccountId, null, null, located);
  }
}
