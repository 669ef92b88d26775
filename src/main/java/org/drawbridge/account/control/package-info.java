/** Use cases and repositories. */
@NullMarked
package org.drawbridge.account.control;

import org.jspecify.annotations.NullMarked;
