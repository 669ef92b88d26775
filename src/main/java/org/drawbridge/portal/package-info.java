/** Sessions of people, and what their pages need beyond the public API. */
@NullMarked
package org.drawbridge.portal;

import org.jspecify.annotations.NullMarked;
