/** Tells people what they must know, by mail and SMS, by way of the outbox. */
@NullMarked
package org.drawbridge.notification;

import org.jspecify.annotations.NullMarked;
