/**
 * Passkeys: credential records (Web Authentication Level 3), the ceremonies that make and use them,
 * and the only relying party configuration.
 */
@NullMarked
package org.drawbridge.credential;

import org.jspecify.annotations.NullMarked;
