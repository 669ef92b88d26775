/** Just in time: who asks for an unlock, who has to agree to it, and what came of it. */
@NullMarked
package org.drawbridge.approval;

import org.jspecify.annotations.NullMarked;
