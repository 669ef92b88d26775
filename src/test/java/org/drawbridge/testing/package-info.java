/**
 * What the tests stand on: a real server, a real database, a client, and companies to work with.
 */
package org.drawbridge.testing;
