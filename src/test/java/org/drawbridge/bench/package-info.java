/** The benchmark of the protection check: {@code mvn -Pbench verify}. */
package org.drawbridge.bench;
