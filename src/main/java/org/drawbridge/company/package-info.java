/** Companies, their applications, the proof that a domain is theirs, and their keys. */
@NullMarked
package org.drawbridge.company;

import org.jspecify.annotations.NullMarked;
