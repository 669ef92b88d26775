/** What the outside, the clock and other features set off: resources, a timer, observers. */
@NullMarked
package org.drawbridge.credential.boundary;

import org.jspecify.annotations.NullMarked;
