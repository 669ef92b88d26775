package org.drawbridge.testing;

import jakarta.json.spi.JsonProvider;

/** JSON for tests; looking the provider up at each use would cost more than what is tested. */
public final class TestJson {

  public static final JsonProvider JSON = JsonProvider.provider();

  private TestJson() {}
}
