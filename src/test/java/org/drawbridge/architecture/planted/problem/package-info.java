@NullMarked
package org.drawbridge.architecture.planted.problem;

import org.jspecify.annotations.NullMarked;
