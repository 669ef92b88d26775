package org.drawbridge.account.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.drawbridge.account.entity.Account;
import org.drawbridge.kernel.Ids;
import org.drawbridge.kernel.Vault;

/**
 * The {@code nl3UserToken} of an account: base64url of the company's id, the account's id, a
 * generation, and an HMAC over the three. The same account gives the same token each time, so that
 * simultaneous {@code enableUser} calls agree; raising the generation revokes it. Nothing is stored
 * that could be stolen from the database.
 */
@ApplicationScoped
public class UserTokens {

  private static final String PURPOSE = "nl3UserToken";
  private static final int NAMED_BYTES = 36;
  private static final int BYTES = NAMED_BYTES + 32;

  @Inject Vault vault;
  @Inject Accounts accounts;

  public String of(Account account) {
    byte[] named = named(account.companyId(), account.id(), account.userTokenGeneration());
    byte[] token = ByteBuffer.allocate(BYTES).put(named).put(vault.mac(PURPOSE, named)).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  /** The account of that company that the token names; empty for any token that is not ours. */
  public Optional<Account> accountOf(UUID companyId, String token) {
    return accountOf(token).filter(account -> account.companyId().equals(companyId));
  }

  /** The account that the token names; empty for any token that is not ours, or was revoked. */
  public Optional<Account> accountOf(String token) {
    byte[] bytes = decoded(token);
    if (bytes.length != BYTES) {
      return Optional.empty();
    }
    byte[] named = Arrays.copyOf(bytes, NAMED_BYTES);
    if (!vault.isMac(PURPOSE, named, Arrays.copyOfRange(bytes, NAMED_BYTES, BYTES))) {
      return Optional.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(named);
    UUID company = Ids.read(buffer);
    UUID id = Ids.read(buffer);
    int generation = buffer.getInt();
    return accounts.find(company, id).filter(a -> a.userTokenGeneration() == generation);
  }

  private static byte[] named(UUID companyId, UUID id, int generation) {
    return ByteBuffer.allocate(NAMED_BYTES)
        .put(Ids.bytes(companyId, id))
        .putInt(generation)
        .array();
  }

  private static byte[] decoded(String token) {
    try {
      return Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }
}
