package org.drawbridge.testing;

import static org.drawbridge.testing.TestJson.JSON;

import com.upokecenter.cbor.CBORObject;
import jakarta.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.Base64;

/**
 * An authenticator with one credential, and the client (browser) around it, in one: makes what
 * WebAuthn Level 3 sections 5.1.3 and 5.1.4 describe, with ES256 and no attestation. What a case
 * wants otherwise it sets before.
 */
public final class SoftwareAuthenticator {

  public static final int UP = 0x01;
  public static final int UV = 0x04;
  public static final int BE = 0x08;
  public static final int BS = 0x10;

  private static final int AT = 0x40;

  private final KeyPair keys = P256.newKeys();
  private final byte[] credentialId = random(32);
  private byte[] userHandle = {};

  /** The page that the ceremony takes place on. */
  public String origin;

  /** Instead of the ceremony's; null for the right one. */
  public String type;

  public String challenge;
  public String relyingParty;

  public int flags = UP | UV;
  public int signatureCount;
  public boolean answersUserHandle = true;

  public SoftwareAuthenticator(String origin) {
    this.origin = origin;
  }

  /**
   * Makes the credential.
   *
   * @param options in the standard's JSON
   * @return the credential in the standard's JSON
   */
  public JsonObject create(JsonObject options) {
    userHandle = decoded(options.getJsonObject("user").getString("id"));
    byte[] client = client("webauthn.create", options.getString("challenge"));
    CBORObject attestation =
        CBORObject.NewOrderedMap()
            .Add("fmt", "none")
            .Add("attStmt", CBORObject.NewMap())
            .Add(
                "authData",
                authenticatorData(
                    options.getJsonObject("rp").getString("id"), AT, attestedCredential()));
    return credential(
        JSON.createObjectBuilder()
            .add("clientDataJSON", encoded(client))
            .add("attestationObject", encoded(attestation.EncodeToBytes()))
            .add("transports", JSON.createArrayBuilder().add("internal"))
            .build());
  }

  /**
   * Signs an assertion; the signature count rises by one.
   *
   * @param options in the standard's JSON
   * @return the credential in the standard's JSON
   */
  public JsonObject get(JsonObject options) {
    signatureCount++;
    byte[] client = client("webauthn.get", options.getString("challenge"));
    byte[] data = authenticatorData(options.getString("rpId"), 0, new byte[0]);
    var response =
        JSON.createObjectBuilder()
            .add("clientDataJSON", encoded(client))
            .add("authenticatorData", encoded(data))
            .add("signature", encoded(signed(data, sha256(client))));
    if (answersUserHandle) {
      response.add("userHandle", encoded(userHandle));
    }
    return credential(response.build());
  }

  /** As if it were the other's credential that signs. */
  public SoftwareAuthenticator claimingHandleOf(SoftwareAuthenticator other) {
    userHandle = other.userHandle.clone();
    return this;
  }

  public String credentialId() {
    return encoded(credentialId);
  }

  private JsonObject credential(JsonObject response) {
    return JSON.createObjectBuilder()
        .add("id", credentialId())
        .add("rawId", credentialId())
        .add("type", "public-key")
        .add("authenticatorAttachment", "platform")
        .add("response", response)
        .add(
            "clientExtensionResults",
            JSON.createObjectBuilder().add("credProps", JSON.createObjectBuilder().add("rk", true)))
        .build();
  }

  private byte[] client(String ceremony, String given) {
    return JSON.createObjectBuilder()
        .add("type", type == null ? ceremony : type)
        .add("challenge", challenge == null ? given : challenge)
        .add("origin", origin)
        .add("crossOrigin", false)
        .build()
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }

  /** WebAuthn Level 3 section 6.1. */
  private byte[] authenticatorData(String rpId, int moreFlags, byte[] attested) {
    String id = relyingParty == null ? rpId : relyingParty;
    return ByteBuffer.allocate(37 + attested.length)
        .put(sha256(id.getBytes(StandardCharsets.UTF_8)))
        .put((byte) (flags | moreFlags))
        .putInt(signatureCount)
        .put(attested)
        .array();
  }

  private byte[] attestedCredential() {
    byte[] key = coseKey().EncodeToBytes();
    return ByteBuffer.allocate(18 + credentialId.length + key.length)
        .put(new byte[16])
        .putShort((short) credentialId.length)
        .put(credentialId)
        .put(key)
        .array();
  }

  /** RFC 9053 section 7.1.1. */
  private CBORObject coseKey() {
    ECPublicKey key = (ECPublicKey) keys.getPublic();
    return CBORObject.NewOrderedMap()
        .Add(1, 2)
        .Add(3, -7)
        .Add(-1, 1)
        .Add(-2, P256.coordinate(key.getW().getAffineX()))
        .Add(-3, P256.coordinate(key.getW().getAffineY()));
  }

  private byte[] signed(byte[] data, byte[] clientHash) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(data);
      signature.update(clientHash);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] decoded(String text) {
    return Base64.getUrlDecoder().decode(text);
  }

  /** The credential with one member of its response altered. */
  public static JsonObject altered(JsonObject credential, String member, byte[] bytes) {
    return JSON.createObjectBuilder(credential)
        .add(
            "response",
            JSON.createObjectBuilder(credential.getJsonObject("response"))
                .add(member, encoded(bytes)))
        .build();
  }

  /** One binary member of the credential's response. */
  public static byte[] member(JsonObject credential, String member) {
    return decoded(credential.getJsonObject("response").getString(member));
  }

  /** All but the last bytes. */
  public static byte[] truncated(byte[] bytes, int by) {
    return Arrays.copyOf(bytes, bytes.length - by);
  }
}
