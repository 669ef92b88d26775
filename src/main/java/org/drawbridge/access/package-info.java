/**
 * Who is calling: the request filters, the strict reading of tokens, and what a caller may reach.
 */
@NullMarked
package org.drawbridge.access;

import org.jspecify.annotations.NullMarked;
