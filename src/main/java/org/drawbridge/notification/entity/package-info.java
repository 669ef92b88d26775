/** Messages and the rules of sending them. */
@NullMarked
package org.drawbridge.notification.entity;

import org.jspecify.annotations.NullMarked;
