/** How entries are written, chained, and the chain verified. */
@NullMarked
package org.drawbridge.audit.control;

import org.jspecify.annotations.NullMarked;
