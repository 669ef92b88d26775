/** The ceremonies; the only package that knows the WebAuthn library. */
@NullMarked
package org.drawbridge.credential.control;

import org.jspecify.annotations.NullMarked;
