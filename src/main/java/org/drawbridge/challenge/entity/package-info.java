/** Attempts and those who make them, and the rules, codes, devices and sessions about them. */
@NullMarked
package org.drawbridge.challenge.entity;

import org.jspecify.annotations.NullMarked;
