package org.drawbridge.architecture.planted.company.control;

import com.nimbusds.jose.JWSObject;

/** Wrong: Nimbus is not for here. */
public record ReadsTokens(JWSObject token) {}
