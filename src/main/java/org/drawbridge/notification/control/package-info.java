/** The outbox, the texts, and the ways out. */
@NullMarked
package org.drawbridge.notification.control;

import org.jspecify.annotations.NullMarked;
