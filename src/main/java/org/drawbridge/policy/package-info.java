/** Policies: what is done to accounts, when, and who must agree to undo it. */
@NullMarked
package org.drawbridge.policy;

import org.jspecify.annotations.NullMarked;
