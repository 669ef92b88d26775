/** The use cases of signing up. */
@NullMarked
package org.drawbridge.registration.control;

import org.jspecify.annotations.NullMarked;
