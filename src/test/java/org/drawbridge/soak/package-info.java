/** Long tests, run by {@code mvn -Psoak verify}: several nodes, killed at random. */
package org.drawbridge.soak;
