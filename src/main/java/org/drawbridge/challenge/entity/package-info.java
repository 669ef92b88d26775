/** Attempts and those who make them. */
@NullMarked
package org.drawbridge.challenge.entity;

import org.jspecify.annotations.NullMarked;
