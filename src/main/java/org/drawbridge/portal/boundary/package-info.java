/** What people's pages call. */
@NullMarked
package org.drawbridge.portal.boundary;

import org.jspecify.annotations.NullMarked;
