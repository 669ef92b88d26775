/**
 * What Auth0's Actions need beside the protection check, and the pack of them, filled in for an
 * application.
 */
@NullMarked
package org.drawbridge.auth0;

import org.jspecify.annotations.NullMarked;
