/** Use cases and repositories. */
@NullMarked
package org.drawbridge.protection.control;

import org.jspecify.annotations.NullMarked;
