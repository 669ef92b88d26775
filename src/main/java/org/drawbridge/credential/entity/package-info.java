/** Credential records, ceremonies under way, and the refusals of their steps. */
@NullMarked
package org.drawbridge.credential.entity;

import org.jspecify.annotations.NullMarked;
