/** Use cases and repositories. */
@NullMarked
package org.drawbridge.company.control;

import org.jspecify.annotations.NullMarked;
