/**
 * The activity log of each company: written in the transaction of each change, and chained
 * afterwards, so that nobody can alter or remove an entry unnoticed.
 */
@NullMarked
package org.drawbridge.audit;

import org.jspecify.annotations.NullMarked;
