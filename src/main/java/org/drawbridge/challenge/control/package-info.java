/** Tracking, validating, and what they need. */
@NullMarked
package org.drawbridge.challenge.control;

import org.jspecify.annotations.NullMarked;
