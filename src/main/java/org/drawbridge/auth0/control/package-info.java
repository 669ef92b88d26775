/** Use cases and repositories. */
@NullMarked
package org.drawbridge.auth0.control;

import org.jspecify.annotations.NullMarked;
