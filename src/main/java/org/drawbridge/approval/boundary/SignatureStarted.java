package org.drawbridge.approval.boundary;

import jakarta.json.JsonObject;
import org.drawbridge.credential.control.Signing;

/**
 * The ceremony that a signed yes begins with.
 *
 * @param publicKey the options in the standard's JSON
 * @param document what is to be shown: exactly this is signed
 */
public record SignatureStarted(String ceremonyId, JsonObject publicKey, String document) {

  static SignatureStarted of(Signing.Started started) {
    return new SignatureStarted(
        started.ceremony().id(), started.ceremony().publicKey(), started.document());
  }
}
