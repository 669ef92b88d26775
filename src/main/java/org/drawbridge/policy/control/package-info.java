/** When policies act. */
@NullMarked
package org.drawbridge.policy.control;

import org.jspecify.annotations.NullMarked;
