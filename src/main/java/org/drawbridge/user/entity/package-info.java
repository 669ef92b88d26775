/** Entities, values and rules. */
@NullMarked
package org.drawbridge.user.entity;

import org.jspecify.annotations.NullMarked;
