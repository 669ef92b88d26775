/** What the outside calls: the registration calls of the account-protection API. */
@NullMarked
package org.drawbridge.registration.boundary;

import org.jspecify.annotations.NullMarked;
