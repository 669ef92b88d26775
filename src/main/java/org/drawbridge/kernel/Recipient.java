package org.drawbridge.kernel;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A person who is told something, and how to reach them: by mail, and by SMS where mail fails; and
 * before both, where an answer is asked for at once, on the screens of the person's devices.
 *
 * @param userId whose devices; null for none
 * @param email null for no mail
 * @param phone punctuated at will; null for no SMS
 */
public record Recipient(
    UUID companyId,
    @Nullable UUID userId,
    @Nullable String email,
    @Nullable String phone,
    Language language) {

  /** The same person once for each channel, for what must arrive on all of them. */
  public List<Recipient> onEveryChannel() {
    return Stream.of(
            new Recipient(companyId, null, email, null, language),
            new Recipient(companyId, null, null, phone, language))
        .filter(one -> one.email() != null || one.phone() != null)
        .toList();
  }
}
