/** Sessions of people, and the links that begin an enrolment. */
@NullMarked
package org.drawbridge.portal.control;

import org.jspecify.annotations.NullMarked;
