/** Locking on signals, and the transmitters that send them. */
@NullMarked
package org.drawbridge.signal.control;

import org.jspecify.annotations.NullMarked;
