package org.drawbridge.credential.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.drawbridge.testing.TestJson.JSON;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.upokecenter.cbor.CBORObject;
import com.yubico.webauthn.AssertionRequest;
import com.yubico.webauthn.AssertionResult;
import com.yubico.webauthn.attestation.AttestationTrustSource;
import com.yubico.webauthn.data.ByteArray;
import com.yubico.webauthn.data.COSEAlgorithmIdentifier;
import com.yubico.webauthn.data.PublicKeyCredentialCreationOptions;
import com.yubico.webauthn.data.PublicKeyCredentialParameters;
import com.yubico.webauthn.data.PublicKeyCredentialRequestOptions;
import com.yubico.webauthn.data.RelyingPartyIdentity;
import com.yubico.webauthn.data.UserIdentity;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.drawbridge.credential.control.AssertionCheck.Assertion;
import org.drawbridge.credential.entity.Ceremony;
import org.drawbridge.credential.entity.Ceremony.Party;
import org.drawbridge.credential.entity.CredentialRecord;
import org.drawbridge.credential.entity.StepRefused;
import org.drawbridge.kernel.OwnedSecret;
import org.drawbridge.problem.Refusal;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The vectors of WebAuthn Level 3, section "Test Vectors", from the folder that {@code -Dvectors}
 * names.
 */
@DisplayName("A vector of the standard")
class StandardVectorsTest {

  private static final Path FILE =
      Path.of(System.getProperty("vectors", "../shared/vectors"), "webauthn-l3.json");
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-06-01T12:00:00Z"), ZoneOffset.UTC);
  private static final String RP = "example.org";
  private static final Set<String> ORIGINS = Set.of("https://example.org");
  private static final ByteArray HANDLE = new ByteArray(new byte[32]);
  private static final int RP_HASH_BYTES = 32;
  private static final int SIGNED_END = 100;

  /** The formats whose attestations the vectors certify under their root. */
  private static final Set<String> CERTIFIED = Set.of("tpm", "apple", "fido-u2f");

  /** One pair of ceremonies. */
  record Vector(String name, JsonObject registration, JsonObject authentication) {

    @Override
    public String toString() {
      return name;
    }

    byte[] made(String member) {
      return HexFormat.of().parseHex(registration.getString(member));
    }

    byte[] signed(String member) {
      return HexFormat.of().parseHex(authentication.getString(member));
    }
  }

  @BeforeAll
  static void areThere() {
    assumeTrue(
        Files.exists(FILE),
        () -> "No vectors at " + FILE + ": say -Dvectors=<folder of webauthn-l3.json>");
  }

  private static byte[] root = {};

  static List<Vector> vectors() throws IOException {
    if (!Files.exists(FILE)) {
      return List.of(
          new Vector("none", JsonObject.EMPTY_JSON_OBJECT, JsonObject.EMPTY_JSON_OBJECT));
    }
    try (JsonReader reader = JSON.createReader(Files.newBufferedReader(FILE))) {
      JsonObject file = reader.readObject();
      root = HexFormat.of().parseHex(file.getString("attestationRoot"));
      return file.getJsonArray("vectors").getValuesAs(JsonObject.class).stream()
          .map(
              v ->
                  new Vector(
                      v.getString("name"),
                      v.getJsonObject("registration"),
                      v.getJsonObject("authentication")))
          .toList();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  @DisplayName("is accepted, and then signs in")
  void accepted(Vector vector) {
    var verified = register(vector, vector.made("clientDataJSON"), attestation(vector));
    assertThat(verified.credential().credentialId()).isEqualTo(vector.made("credential_id"));
    var result =
        authenticate(
            vector,
            vector.signed("clientDataJSON"),
            vector.signed("authenticatorData"),
            vector.signed("signature"));
    assertThat(result.isSuccess()).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  @DisplayName("is refused at registration once anything that counts is altered")
  void alteredRegistration(Vector vector) {
    List<byte[][]> altered = new ArrayList<>();
    byte[] client = vector.made("clientDataJSON");
    byte[] attestation = attestation(vector);
    String text = new String(client, StandardCharsets.UTF_8);
    int challenge = text.indexOf("\"challenge\":\"") + 13;
    for (int i = 0; i < 40; i += 4) {
      altered.add(new byte[][] {flipped(client, challenge + i, 1), attestation});
    }
    altered.add(
        new byte[][] {
          bytes(text.replace("https://example.org", "https://example.net")), attestation
        });
    altered.add(
        new byte[][] {
          bytes(text.replace("https://example.org", "http://example.org")), attestation
        });
    altered.add(new byte[][] {bytes(text.replace("webauthn.create", "webauthn.get")), attestation});
    int data = dataStart(attestation);
    for (int i = 0; i < RP_HASH_BYTES; i += 4) {
      altered.add(new byte[][] {client, flipped(attestation, data + i, 0x10)});
    }
    altered.add(new byte[][] {client, flipped(attestation, data + RP_HASH_BYTES, 0x01)});
    for (int cut = 1; cut < 30; cut += 7) {
      altered.add(new byte[][] {client, Arrays.copyOf(attestation, attestation.length - cut)});
    }
    for (int i = signedFrom(vector); i < SIGNED_END; i += 6) {
      altered.add(new byte[][] {client, flipped(attestation, data + i, 0x04)});
    }
    assertThat(altered).hasSizeGreaterThan(20);
    for (int i = 0; i < altered.size(); i++) {
      byte[][] each = altered.get(i);
      assertThatThrownBy(() -> register(vector, each[0], each[1]))
          .as("alteration %d", i)
          .isInstanceOf(Refusal.class);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  @DisplayName("is refused at sign-in once anything is altered")
  void alteredAssertion(Vector vector) {
    byte[] client = vector.signed("clientDataJSON");
    byte[] data = vector.signed("authenticatorData");
    byte[] signature = vector.signed("signature");
    int altered = 0;
    for (int i = 0; i < client.length; i += Math.max(1, client.length / 16), altered++) {
      byte[] each = flipped(client, i, 1);
      assertThatThrownBy(() -> authenticate(vector, each, data, signature))
          .as("client data, byte %d", i)
          .isInstanceOf(Refusal.class);
    }
    for (int i = 0; i < data.length; i += 3, altered++) {
      byte[] each = flipped(data, i, 1);
      assertThatThrownBy(() -> authenticate(vector, client, each, signature))
          .as("authenticator data, byte %d", i)
          .isInstanceOf(Refusal.class);
    }
    for (int i = 0; i < signature.length; i += Math.max(1, signature.length / 8), altered++) {
      byte[] each = flipped(signature, i, 1);
      assertThatThrownBy(() -> authenticate(vector, client, data, each))
          .as("signature, byte %d", i)
          .isInstanceOf(Refusal.class);
    }
    assertThat(altered).isGreaterThanOrEqualTo(20);
  }

  private static RegistrationCheck.Verified register(
      Vector vector, byte[] client, byte[] attestation) {
    var options =
        PublicKeyCredentialCreationOptions.builder()
            .rp(RelyingPartyIdentity.builder().id(RP).name("Test").build())
            .user(UserIdentity.builder().name("ana").displayName("Ana").id(HANDLE).build())
            .challenge(new ByteArray(vector.made("challenge")))
            .pubKeyCredParams(
                Arrays.stream(COSEAlgorithmIdentifier.values())
                    .map(alg -> PublicKeyCredentialParameters.builder().alg(alg).build())
                    .toList())
            .build();
    String id = encoded(vector.made("credential_id"));
    return new RegistrationCheck(
            RelyingParties.of(RP, ORIGINS, OneCredential.none(), roots(vector), CLOCK), options)
        .verify(
            """
            {"id":"%s","rawId":"%s","type":"public-key","clientExtensionResults":{},
             "response":{"clientDataJSON":"%s","attestationObject":"%s"}}
            """
                .formatted(id, id, encoded(client), encoded(attestation)));
  }

  private static AssertionResult authenticate(
      Vector vector, byte[] client, byte[] data, byte[] signature) {
    var made = register(vector, vector.made("clientDataJSON"), attestation(vector)).credential();
    CredentialRecord record =
        new CredentialRecord(
            new Ceremony(
                Ceremony.Kind.REGISTRATION,
                new OwnedSecret(UUID.randomUUID(), UUID.randomUUID(), new byte[32]),
                Party.user(UUID.randomUUID(), UUID.randomUUID(), "ana"),
                "",
                "",
                CLOCK.instant()),
            UUID.randomUUID(),
            made,
            CLOCK.instant());
    var request =
        AssertionRequest.builder()
            .publicKeyCredentialRequestOptions(
                PublicKeyCredentialRequestOptions.builder()
                    .challenge(new ByteArray(vector.signed("challenge")))
                    .rpId(RP)
                    .build())
            .build();
    String id = encoded(vector.made("credential_id"));
    Assertion assertion =
        Assertion.parse(
            """
            {"id":"%s","rawId":"%s","type":"public-key","clientExtensionResults":{},
             "response":{"clientDataJSON":"%s","authenticatorData":"%s","signature":"%s"}}
            """
                .formatted(id, id, encoded(client), encoded(data), encoded(signature)));
    return new AssertionCheck(
            RelyingParties.of(RP, ORIGINS, OneCredential.of(record), Optional.empty(), CLOCK),
            request)
        .verify(assertion, record);
  }

  /**
   * The library takes no country code but those that ISO 3166 has assigned (section 8.2.1), and the
   * certificates of the "Packed" vectors name "AA", which it has not. Their credentials are
   * registered without an attestation.
   */
  private static byte[] attestation(Vector vector) {
    byte[] whole = vector.made("attestationObject");
    if (!isRefusedForCountry(vector)) {
      return whole;
    }
    CBORObject object = CBORObject.DecodeFromBytes(whole);
    return CBORObject.NewOrderedMap()
        .Add("fmt", "none")
        .Add("attStmt", CBORObject.NewMap())
        .Add("authData", object.get("authData"))
        .EncodeToBytes();
  }

  private static boolean isRefusedForCountry(Vector vector) {
    return vector.name().startsWith("Packed");
  }

  /** From where on the attestation signs the authenticator data; its end for not at all. */
  private static int signedFrom(Vector vector) {
    // Section 8.6: not the flags, the counter and the AAGUID.
    if (vector.name().startsWith("FIDO U2F")) {
      return RP_HASH_BYTES + 23;
    }
    // The library does not verify android-key attestations, and never says that one is trusted.
    boolean isUnsigned =
        isRefusedForCountry(vector)
            || vector.name().startsWith("Android")
            || !vector.name().contains("Attestation")
            || vector.name().contains("No Attestation");
    return isUnsigned ? SIGNED_END : RP_HASH_BYTES + 5;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  @DisplayName(
      "has its attestation verified; that of a country without an assigned code is refused")
  void attested(Vector vector) {
    byte[] client = vector.made("clientDataJSON");
    byte[] attestation = vector.made("attestationObject");
    if (isRefusedForCountry(vector)) {
      assertThatThrownBy(() -> register(vector, client, attestation))
          .isInstanceOfSatisfying(
              StepRefused.class, e -> assertThat(e.step()).isEqualTo(StepRefused.Step.ATTESTATION));
    } else {
      var verified = register(vector, client, attestation);
      assertThat(verified.credential().attestationTrusted())
          .isEqualTo(CERTIFIED.contains(verified.credential().attestationFormat()));
      assertThat(verified.credential().attestationFormat())
          .isEqualTo(CBORObject.DecodeFromBytes(attestation).get("fmt").AsString());
    }
  }

  /** Where the authenticator data begins: behind its name and the head of its bytes. */
  private static int dataStart(byte[] attestation) {
    String text = new String(attestation, StandardCharsets.ISO_8859_1);
    int head = text.indexOf("hauthData") + 9;
    return head + ((attestation[head] & 0x1f) == 0x18 ? 2 : 3);
  }

  /** FIDO metadata that trusts the root of the vectors' attestations, for this authenticator. */
  private static Optional<AttestationTrustSource> roots(Vector vector) {
    UUID aaguid =
        UUID.fromString(
            vector
                .registration()
                .getString("aaguid")
                .replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5"));
    String payload =
        """
        {"legalHeader":"test","no":1,"nextUpdate":"2030-01-01","entries":[{"aaguid":"%s",
          "statusReports":[],"timeOfLastStatusChange":"2026-01-01",
          "metadataStatement":{"aaguid":"%s","description":"Test","authenticatorVersion":1,
            "protocolFamily":"fido2","schema":3,"upv":[{"major":1,"minor":0}],
            "authenticationAlgorithms":["secp256r1_ecdsa_sha256_raw"],
            "publicKeyAlgAndEncodings":["cose"],"attestationTypes":["basic_full"],
            "userVerificationDetails":[[{"userVerificationMethod":"presence_internal"}]],
            "keyProtection":["hardware"],"matcherProtection":["on_chip"],
            "attachmentHint":["internal"],"tcDisplay":[],
            "attestationRootCertificates":["%s"]}}]}
        """
            .formatted(aaguid, aaguid, Base64.getEncoder().encodeToString(root));
    try {
      Path file = Files.createTempFile("metadata", ".json");
      Files.writeString(file, payload);
      AttestationTrustSource source = AttestationRoots.read(file);
      Files.delete(file);
      return Optional.of(source);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] flipped(byte[] bytes, int at, int bits) {
    byte[] flipped = bytes.clone();
    flipped[at] ^= (byte) bits;
    return flipped;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
