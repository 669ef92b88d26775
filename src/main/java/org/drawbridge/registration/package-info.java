/** Signing up: a person with a passkey that an application's page has registered. */
@NullMarked
package org.drawbridge.registration;

import org.jspecify.annotations.NullMarked;
