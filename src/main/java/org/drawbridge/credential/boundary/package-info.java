/** What the outside calls: the list of related origins, and the timer that clears away. */
@NullMarked
package org.drawbridge.credential.boundary;

import org.jspecify.annotations.NullMarked;
