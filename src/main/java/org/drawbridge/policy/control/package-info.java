/** When policies act, on which accounts, and what they hold; how they are written and shown. */
@NullMarked
package org.drawbridge.policy.control;

import org.jspecify.annotations.NullMarked;
