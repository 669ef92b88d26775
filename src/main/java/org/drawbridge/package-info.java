/**
 * Drawbridge: an account-protection server. This package is the composition alone: the JAX-RS
 * applications, each listing its resources and filters, and the filter that every request passes
 * first. Features live in the packages below, each in boundary, control and entity.
 */
@NullMarked
package org.drawbridge;

import org.jspecify.annotations.NullMarked;
