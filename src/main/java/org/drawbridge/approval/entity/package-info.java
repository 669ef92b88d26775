/** What an unlock request and an approval request are, and how each is decided. */
@NullMarked
package org.drawbridge.approval.entity;

import org.jspecify.annotations.NullMarked;
