/** What the outside, events and the clock call: resources, an observer and a timer. */
@NullMarked
package org.drawbridge.audit.boundary;

import org.jspecify.annotations.NullMarked;
