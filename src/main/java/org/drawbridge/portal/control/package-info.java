/** Sessions, enrolment links, and how they are shown. */
@NullMarked
package org.drawbridge.portal.control;

import org.jspecify.annotations.NullMarked;
