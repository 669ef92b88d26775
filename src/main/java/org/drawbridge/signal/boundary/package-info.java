/** What the outside calls: REST resources and their wire records. */
@NullMarked
package org.drawbridge.signal.boundary;

import org.jspecify.annotations.NullMarked;
