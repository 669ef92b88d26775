package org.drawbridge.credential.control;

import jakarta.json.JsonObject;

/**
 * An authentication ceremony that was started.
 *
 * @param id a secret that finishes it, once
 * @param publicKey the options in the standard's JSON
 */
public record StartedAssertion(String id, JsonObject publicKey) {}
