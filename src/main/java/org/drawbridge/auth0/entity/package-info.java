/** Entities, values and rules. */
@NullMarked
package org.drawbridge.auth0.entity;

import org.jspecify.annotations.NullMarked;
