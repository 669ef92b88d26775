/** The registration calls of the account-protection API, and the timer that clears away. */
@NullMarked
package org.drawbridge.registration.boundary;

import org.jspecify.annotations.NullMarked;
