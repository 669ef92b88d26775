/**
 * Protected accounts, the groups they are in, their lock state, and the decision a check asks for.
 */
@NullMarked
package org.drawbridge.account;

import org.jspecify.annotations.NullMarked;
