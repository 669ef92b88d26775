/** Entities, values and rules. */
@NullMarked
package org.drawbridge.protection.entity;

import org.jspecify.annotations.NullMarked;
