/** The challenge API, in the words of its clients. */
@NullMarked
package org.drawbridge.challenge.boundary;

import org.jspecify.annotations.NullMarked;
