package org.drawbridge.system;

import java.net.URI;
import org.drawbridge.testing.SharedServer;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Drawbridge on Payara Micro")
class PayaraMicroIT implements EveryServer {

  @Override
  public URI url() {
    return SharedServer.get().url();
  }
}
