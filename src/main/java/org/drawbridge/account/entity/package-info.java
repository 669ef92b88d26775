/** Entities, values and rules. */
@NullMarked
package org.drawbridge.account.entity;

import org.jspecify.annotations.NullMarked;
