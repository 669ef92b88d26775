/**
 * Tells people and systems what they must know: by mail, SMS, push and webhook, all by way of the
 * outbox.
 */
@NullMarked
package org.drawbridge.notification;

import org.jspecify.annotations.NullMarked;
