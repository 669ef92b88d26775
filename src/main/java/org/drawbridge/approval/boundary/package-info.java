/** What the outside, the clock and other features set off: REST resources, a timer, an observer. */
@NullMarked
package org.drawbridge.approval.boundary;

import org.jspecify.annotations.NullMarked;
