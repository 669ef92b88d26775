/** What the event bus, the clock and the outside call. */
@NullMarked
package org.drawbridge.notification.boundary;

import org.jspecify.annotations.NullMarked;
