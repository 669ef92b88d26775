/** Use cases and repositories. */
@NullMarked
package org.drawbridge.user.control;

import org.jspecify.annotations.NullMarked;
