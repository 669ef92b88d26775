package org.drawbridge.architecture.planted.company.control;

import com.yubico.webauthn.data.ByteArray;

/** Wrong: Yubico is not for here. */
public record ReadsCredentials(ByteArray id) {}
