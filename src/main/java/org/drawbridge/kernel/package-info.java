/** What every feature stands on: settings, the database, ids, time, and how bodies are read. */
@NullMarked
package org.drawbridge.kernel;

import org.jspecify.annotations.NullMarked;
