package org.drawbridge.architecture.planted.credential.control;

import com.yubico.webauthn.data.ByteArray;

/** May know Yubico. */
public record VerifiesCredentials(ByteArray id) {}
