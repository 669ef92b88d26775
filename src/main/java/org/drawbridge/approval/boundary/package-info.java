/** What the outside and the clock call: REST resources and a timer. */
@NullMarked
package org.drawbridge.approval.boundary;

import org.jspecify.annotations.NullMarked;
