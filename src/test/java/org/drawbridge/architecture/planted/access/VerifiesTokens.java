package org.drawbridge.architecture.planted.access;

import com.nimbusds.jose.JWSObject;

/** May know Nimbus. */
public record VerifiesTokens(JWSObject token) {}
