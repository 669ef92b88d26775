package org.drawbridge.credential.boundary;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;
import org.drawbridge.credential.control.AttestationRoots;
import org.drawbridge.kernel.BadSetting;
import org.drawbridge.kernel.StartFailure;

/** Reads the FIDO metadata at the start, so that a bad file is told then and not at a ceremony. */
@Singleton
@Startup
public class MetadataStart {

  @Inject AttestationRoots roots;

  @PostConstruct
  void read() {
    try {
      roots.source();
    } catch (BadSetting e) {
      StartFailure.report(String.valueOf(e.getMessage()));
      throw e;
    }
  }
}
