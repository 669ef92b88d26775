/**
 * Step-up authentication: actions that are tracked, and challenges that people answer
 * (Authsignal-compatible).
 */
@NullMarked
package org.drawbridge.challenge;

import org.jspecify.annotations.NullMarked;
