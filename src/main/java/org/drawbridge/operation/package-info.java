/** What the operator sees: health, metrics, the API description, and the announcement at start. */
@NullMarked
package org.drawbridge.operation;

import org.jspecify.annotations.NullMarked;
