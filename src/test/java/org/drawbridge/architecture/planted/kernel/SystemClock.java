package org.drawbridge.architecture.planted.kernel;

import java.time.Clock;

/** May read the time. */
public class SystemClock {

  public Clock clock() {
    return Clock.systemUTC();
  }
}
