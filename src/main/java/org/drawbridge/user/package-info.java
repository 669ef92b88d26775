/** The people who own accounts, and what they prefer. */
@NullMarked
package org.drawbridge.user;

import org.jspecify.annotations.NullMarked;
