/** How requests are opened, answered, voted on and let expire. */
@NullMarked
package org.drawbridge.approval.control;

import org.jspecify.annotations.NullMarked;
