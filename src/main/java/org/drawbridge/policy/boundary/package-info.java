/** What the outside and the clock call: REST resources, timers, observers. */
@NullMarked
package org.drawbridge.policy.boundary;

import org.jspecify.annotations.NullMarked;
