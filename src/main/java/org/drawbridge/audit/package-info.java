/** The activity log of each company, written in the transaction of each change. */
@NullMarked
package org.drawbridge.audit;

import org.jspecify.annotations.NullMarked;
