/**
 * What goes wrong, told the RFC 9457 way: the body, the refusal every rule extends, the mappers.
 */
@NullMarked
package org.drawbridge.problem;

import org.jspecify.annotations.NullMarked;
