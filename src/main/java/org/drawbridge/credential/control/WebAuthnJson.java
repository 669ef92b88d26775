package org.drawbridge.credential.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.yubico.webauthn.RegistrationResult;
import com.yubico.webauthn.data.AuthenticatorSelectionCriteria;
import com.yubico.webauthn.data.AuthenticatorTransport;
import com.yubico.webauthn.data.ByteArray;
import com.yubico.webauthn.data.PublicKeyCredentialCreationOptions;
import com.yubico.webauthn.data.PublicKeyCredentialDescriptor;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.drawbridge.kernel.JsonBody;
import org.drawbridge.problem.Malformed;
import org.drawbridge.problem.MemberError;
import org.jspecify.annotations.Nullable;

/**
 * The two wire forms of WebAuthn objects: that of the account-protection API, in which byte arrays
 * are objects and enumerations are named in capitals, and the standard's own JSON (WebAuthn Level 3
 * section 5.1), which browsers read and write.
 */
final class WebAuthnJson {

  /** An attestation object has some kilobytes, with a chain of certificates perhaps ten. */
  private static final int MAX_MEMBER = 64 * 1024;

  private static final JsonProvider JSON = JsonProvider.provider();

  private WebAuthnJson() {}

  /** The options in the standard's JSON. */
  static JsonObject standard(PublicKeyCredentialCreationOptions options) {
    try {
      return publicKey(options.toCredentialsCreateJson());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the library writes as {@code {"publicKey": …}}. */
  static JsonObject publicKey(String credentialOptions) {
    return JsonBody.parse(credentialOptions.getBytes(StandardCharsets.UTF_8))
        .asJsonObject()
        .getJsonObject("publicKey");
  }

  /** The options as the account-protection API documents them. */
  static JsonObject documented(PublicKeyCredentialCreationOptions options) {
    JsonArrayBuilder parameters = JSON.createArrayBuilder();
    options
        .getPubKeyCredParams()
        .forEach(
            parameter ->
                parameters.add(
                    JSON.createObjectBuilder()
                        .add("alg", parameter.getAlg().name())
                        .add("type", "PUBLIC_KEY")));
    JsonArrayBuilder excluded = JSON.createArrayBuilder();
    options.getExcludeCredentials().orElse(Set.of()).forEach(c -> excluded.add(descriptor(c)));
    JsonObjectBuilder json =
        JSON.createObjectBuilder()
            .add("attestation", options.getAttestation().name())
            .add("challenge", bytes(options.getChallenge()))
            .add("excludeCredentials", excluded)
            .add("extensions", JSON.createObjectBuilder().add("credProps", true))
            .add("pubKeyCredParams", parameters)
            .add(
                "rp",
                JSON.createObjectBuilder()
                    .add("id", options.getRp().getId())
                    .add("name", options.getRp().getName()))
            .add("timeout", options.getTimeout().orElse(0L))
            .add(
                "user",
                JSON.createObjectBuilder()
                    .add("displayName", options.getUser().getDisplayName())
                    .add("id", bytes(options.getUser().getId()))
                    .add("name", options.getUser().getName()));
    options.getAuthenticatorSelection().ifPresent(s -> json.add("authenticatorSelection", of(s)));
    return json.build();
  }

  private static JsonObjectBuilder of(AuthenticatorSelectionCriteria selection) {
    JsonObjectBuilder json = JSON.createObjectBuilder();
    selection
        .getAuthenticatorAttachment()
        .ifPresent(attachment -> json.add("authenticatorAttachment", attachment.name()));
    selection.getResidentKey().ifPresent(key -> json.add("residentKey", key.name()));
    selection.getUserVerification().ifPresent(uv -> json.add("userVerification", uv.name()));
    return json;
  }

  /** What a finished registration is answered with. */
  static JsonObject registered(RegistrationResult result) {
    JsonArrayBuilder path = JSON.createArrayBuilder();
    result
        .getAttestationTrustPath()
        .orElse(List.of())
        .forEach(certificate -> path.add(base64(certificate)));
    JsonObjectBuilder outputs = JSON.createObjectBuilder();
    result
        .isDiscoverable()
        .ifPresent(rk -> outputs.add("credProps", JSON.createObjectBuilder().add("rk", rk)));
    return JSON.createObjectBuilder()
        .add("aaguid", bytes(result.getAaguid()))
        .add("attestationTrustPath", path)
        .add("attestationTrusted", result.isAttestationTrusted())
        .add("attestationType", result.getAttestationType().name())
        .add("authenticatorExtensionOutputs", JSON.createObjectBuilder())
        .add("clientExtensionOutputs", outputs)
        .add("keyId", descriptor(result.getKeyId()))
        .add("publicKeyCose", bytes(result.getPublicKeyCose()))
        .add("signatureCount", result.getSignatureCount())
        .build();
  }

  private static JsonObjectBuilder descriptor(PublicKeyCredentialDescriptor descriptor) {
    JsonArrayBuilder transports = JSON.createArrayBuilder();
    descriptor.getTransports().stream()
        .flatMap(Set::stream)
        .map(AuthenticatorTransport::getId)
        .forEach(id -> transports.add(JSON.createObjectBuilder().add("id", id)));
    return JSON.createObjectBuilder()
        .add("id", bytes(descriptor.getId()))
        .add("transports", transports)
        .add("type", "PUBLIC_KEY");
  }

  private static JsonObjectBuilder bytes(ByteArray bytes) {
    return JSON.createObjectBuilder()
        .add("base64", bytes.getBase64())
        .add("base64Url", bytes.getBase64Url())
        .add("bytes", bytes.getBase64())
        .add("empty", bytes.isEmpty())
        .add("hex", bytes.getHex());
  }

  private static String base64(X509Certificate certificate) {
    try {
      return Base64.getEncoder().encodeToString(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * A client's credential, in either form, in the standard's; with the members that ceremonies need
   * and no others.
   *
   * @param binary which members of {@code response} are binary
   * @param at JSON Pointer of the credential
   * @throws Malformed naming a member that is missing or cannot be read
   */
  static String credential(JsonObject credential, List<String> binary, String at) {
    JsonObjectBuilder response = JSON.createObjectBuilder();
    JsonObject given = object(credential, "response", at);
    for (String name : binary) {
      if (given.containsKey(name) && given.get(name) != JsonValue.NULL) {
        response.add(name, base64Url(given.get(name), at + "/response/" + name));
      } else if (!name.equals("userHandle")) {
        throw wrong(at + "/response/" + name, "is missing");
      }
    }
    if (given.get("transports") instanceof JsonArray transports) {
      response.add("transports", transports(transports));
    }
    String id = base64Url(credential.get("id"), at + "/id");
    JsonObjectBuilder json =
        JSON.createObjectBuilder()
            .add("id", id)
            .add("rawId", id)
            .add("type", "public-key")
            .add("response", response)
            .add("clientExtensionResults", extensions(credential));
    String attachment = enumeration(credential.get("authenticatorAttachment"));
    if (attachment != null) {
      json.add("authenticatorAttachment", attachment);
    }
    return json.build().toString();
  }

  private static JsonObject object(JsonObject owner, String name, String at) {
    if (owner.get(name) instanceof JsonObject object) {
      return object;
    }
    throw wrong(at + "/" + name, "must be a JSON object");
  }

  /** Base64url as it is, or the object that the account-protection API documents. */
  private static String base64Url(@Nullable JsonValue value, String at) {
    if (value instanceof JsonString string) {
      return sized(string.getString(), at);
    }
    if (value instanceof JsonObject object) {
      if (object.get("base64Url") instanceof JsonString string) {
        return sized(string.getString(), at);
      }
      if (object.get("hex") instanceof JsonString string) {
        return encoded(() -> HexFormat.of().parseHex(string.getString()), at);
      }
      for (String name : List.of("bytes", "base64")) {
        if (object.get(name) instanceof JsonString string) {
          String text = string.getString();
          boolean isUrl = text.indexOf('-') >= 0 || text.indexOf('_') >= 0;
          return encoded(
              () -> (isUrl ? Base64.getUrlDecoder() : Base64.getDecoder()).decode(text), at);
        }
      }
    }
    throw wrong(at, "must be base64url, or an object with bytes");
  }

  private static String encoded(Supplier<byte[]> bytes, String at) {
    try {
      return sized(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.get()), at);
    } catch (IllegalArgumentException e) {
      throw wrong(at, "cannot be decoded");
    }
  }

  private static String sized(String base64Url, String at) {
    if (base64Url.length() > MAX_MEMBER) {
      throw wrong(at, "is longer than " + MAX_MEMBER + " characters");
    }
    return base64Url;
  }

  private static JsonArrayBuilder transports(JsonArray given) {
    JsonArrayBuilder transports = JSON.createArrayBuilder();
    for (JsonValue value : given) {
      JsonValue id = value instanceof JsonObject object ? object.get("id") : value;
      String text = enumeration(id);
      if (text != null && text.matches("[a-z-]{1,20}")) {
        transports.add(text);
      }
    }
    return transports;
  }

  /** {@code CROSS_PLATFORM} and {@code cross-platform} are the same. */
  private static @Nullable String enumeration(@Nullable JsonValue value) {
    return value instanceof JsonString string
        ? string.getString().toLowerCase(Locale.ROOT).replace('_', '-')
        : null;
  }

  /** Only whether the credential is discoverable. */
  private static JsonObject extensions(JsonObject credential) {
    JsonObjectBuilder outputs = JSON.createObjectBuilder();
    if (credential.get("clientExtensionResults") instanceof JsonObject given
        && given.get("credProps") instanceof JsonObject properties
        && properties.containsKey("rk")) {
      outputs.add(
          "credProps",
          JSON.createObjectBuilder().add("rk", properties.get("rk") == JsonValue.TRUE));
    }
    return outputs.build();
  }

  private static Malformed wrong(String pointer, String detail) {
    return new Malformed(List.of(new MemberError(pointer, detail)));
  }
}
