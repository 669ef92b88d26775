/**
 * The challenge API in the words of its clients, the calls of the hosted page and of management,
 * and what the clock and other features set off.
 */
@NullMarked
package org.drawbridge.challenge.boundary;

import org.jspecify.annotations.NullMarked;
