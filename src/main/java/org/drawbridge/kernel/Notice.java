package org.drawbridge.kernel;

import java.util.Map;

/**
 * What a person has to be told, once, on the first channel that works. Fired inside the transaction
 * of what happened, as a CDI event; the notification feature puts it into the outbox there, so that
 * it goes out if, and only if, the transaction commits.
 *
 * @param kind names the text, in kebab-case: {@code confirmation-code}
 * @param facts what the text is filled in with: a String, or an Instant or an enum's constant,
 *     which are written as the person's language does; secrets are allowed, the outbox seals them
 */
public record Notice(String kind, Recipient to, Map<String, ?> facts) {}
