/** Sessions, and their rules. */
@NullMarked
package org.drawbridge.portal.entity;

import org.jspecify.annotations.NullMarked;
