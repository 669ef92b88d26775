/** What others have learned of accounts: breach signals, and events of OpenID Shared Signals. */
@NullMarked
package org.drawbridge.signal;

import org.jspecify.annotations.NullMarked;
