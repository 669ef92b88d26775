/** What the outside and the clock set off: REST resources with their wire records, and a timer. */
@NullMarked
package org.drawbridge.company.boundary;

import org.jspecify.annotations.NullMarked;
