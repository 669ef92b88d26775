package org.drawbridge.protection.control;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.drawbridge.access.DomainCaller;
import org.drawbridge.kernel.Vault;
import org.drawbridge.protection.entity.Login;

/**
 * One check to be made.
 *
 * @param id of the record-to-be
 * @param applicationVersion what the caller was verified against
 * @param retryKey equal for retries of the same check: what is recorded under it already answers
 *     the question, also when we ourselves recorded it and lost the connection before we knew
 * @param mustExist whether an account that does not exist is refused, without a record
 */
record Question(
    UUID id,
    UUID companyId,
    UUID applicationId,
    long applicationVersion,
    String userAccountId,
    UUID retryKey,
    boolean mustExist,
    Login login) {

  static Question of(
      UUID id, DomainCaller caller, String userAccountId, boolean mustExist, Login login) {
    UUID retryKey = caller.tokenId().map(jti -> retryKey(jti, userAccountId)).orElse(id);
    return new Question(
        id,
        caller.companyId(),
        caller.applicationId(),
        caller.applicationVersion(),
        userAccountId,
        retryKey,
        mustExist,
        login);
  }

  /**
   * A {@code jti} can be long, and one token may be used to ask about several accounts: the key is
   * the beginning of a SHA-256 over both.
   */
  private static UUID retryKey(String jti, String userAccountId) {
    byte[] text = (jti.length() + ":" + jti + userAccountId).getBytes(StandardCharsets.UTF_8);
    ByteBuffer hash = ByteBuffer.wrap(Vault.sha256(text));
    return new UUID(hash.getLong(), hash.getLong());
  }
}
