package org.drawbridge.problem;

import java.time.Duration;

/** The database cannot be reached, or cannot take more work, just now. */
public final class StorageUnavailable extends Refusal {

  public StorageUnavailable() {
    super(Kind.UNAVAILABLE, "storage-unavailable", "The service cannot answer just now.");
  }

  @Override
  public Duration retryAfter() {
    return Duration.ofSeconds(2);
  }
}
