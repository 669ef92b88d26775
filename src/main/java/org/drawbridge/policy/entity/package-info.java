/** What a policy is. */
@NullMarked
package org.drawbridge.policy.entity;

import org.jspecify.annotations.NullMarked;
