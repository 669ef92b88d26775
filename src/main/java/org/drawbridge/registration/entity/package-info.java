/** Sign-ups under way, and their rules. */
@NullMarked
package org.drawbridge.registration.entity;

import org.jspecify.annotations.NullMarked;
