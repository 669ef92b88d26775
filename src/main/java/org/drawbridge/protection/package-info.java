/** The protection check: asked by enforcement points, decided, recorded durably, answered. */
@NullMarked
package org.drawbridge.protection;

import org.jspecify.annotations.NullMarked;
