/** Transmitters, and what was received of them. */
@NullMarked
package org.drawbridge.signal.entity;

import org.jspecify.annotations.NullMarked;
