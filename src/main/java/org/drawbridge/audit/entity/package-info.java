/** The entries of the log and the head of their chain. */
@NullMarked
package org.drawbridge.audit.entity;

import org.jspecify.annotations.NullMarked;
