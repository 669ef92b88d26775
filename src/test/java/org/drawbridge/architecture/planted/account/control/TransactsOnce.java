package org.drawbridge.architecture.planted.account.control;

import jakarta.transaction.Transactional;

/** Wrong: no boundary. */
public class TransactsOnce {

  @Transactional
  public void once() {}
}
