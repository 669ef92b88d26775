package org.drawbridge.kernel;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a person has to be told. Fired inside the transaction of what happened, as a CDI event; the
 * notification feature puts it into the outbox there, so that it goes out if, and only if, the
 * transaction commits.
 *
 * @param kind names the text, in kebab-case: {@code confirmation-code}
 * @param email where to write to; null for no mail
 * @param phone where to send a short message, punctuated at will; null for none
 * @param facts what the text is filled in with; secrets are allowed, the outbox seals them
 */
public record Notice(
    UUID companyId,
    String kind,
    @Nullable String email,
    @Nullable String phone,
    Map<String, String> facts) {}
