/** Entities, values and rules. */
@NullMarked
package org.drawbridge.company.entity;

import org.jspecify.annotations.NullMarked;
