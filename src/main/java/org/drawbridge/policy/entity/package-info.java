/** Policies, their terms and executions, and what is told of them. */
@NullMarked
package org.drawbridge.policy.entity;

import org.jspecify.annotations.NullMarked;
