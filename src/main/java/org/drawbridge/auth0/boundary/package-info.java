/** What the outside calls: REST resources and their wire records. */
@NullMarked
package org.drawbridge.auth0.boundary;

import org.jspecify.annotations.NullMarked;
