package org.drawbridge.credential.control;

import com.yubico.webauthn.data.AuthenticatorAssertionResponse;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.drawbridge.credential.control.AssertionCheck.Assertion;
import org.drawbridge.credential.entity.Ceremony;
import org.drawbridge.credential.entity.Ceremony.Party;
import org.drawbridge.credential.entity.CredentialRecord;
import org.drawbridge.credential.entity.CredentialUnknown;
import org.drawbridge.kernel.Vault;
import org.drawbridge.user.entity.User;

/**
 * Lets a person sign with a passkey what they are shown: the challenge of an authentication
 * ceremony (WebAuthn Level 3 section 7.2) is the SHA-256 of the document, which holds a nonce.
 */
@ApplicationScoped
public class Signing {

  private static final JsonProvider JSON = JsonProvider.provider();
  private static final int NONCE_BYTES = 16;

  @Inject AssertionCeremonies assertions;
  @Inject Ceremonies ceremonies;
  @Inject RelyingParties relyingParties;
  @Inject CredentialRecords records;
  @Inject Vault vault;
  @Inject Clock clock;

  /**
   * A ceremony that was started.
   *
   * @param document what is to be shown, and is signed
   */
  public record Started(StartedAssertion ceremony, String document) {}

  /**
   * What was signed, and by what; together they can be verified again without us.
   *
   * @param assertion as JSON: {@code credentialId}, {@code publicKey} (COSE), {@code
   *     authenticatorData}, {@code clientDataJSON}, {@code signature}, each in base64url
   */
  public record Signed(String document, String assertion) {}

  /**
   * @param purpose what the signature is for; only {@link #finish} with the same takes it
   * @param content what is to be shown; the nonce is added to it
   * @throws CredentialUnknown where the user has no passkey
   */
  public Started start(User user, String purpose, JsonObjectBuilder content) {
    List<byte[]> own =
        records.of(user.companyId(), user.id()).stream()
            .map(CredentialRecord::credentialId)
            .toList();
    if (own.isEmpty()) {
      throw new CredentialUnknown();
    }
    String document =
        content.add("nonce", base64Url(vault.randomBytes(NONCE_BYTES))).build().toString();
    return new Started(
        assertions.start(
            Ceremony.Kind.SIGNATURE, party(user, purpose), digest(document), own, document),
        document);
  }

  /**
   * Takes the ceremony and verifies the signature. The ceremony is over even where this refuses, as
   * long as the transaction is not rolled back.
   *
   * @throws CredentialUnknown where the credential is not the user's
   */
  public Signed finish(User user, String purpose, String ceremonyId, JsonObject credential) {
    Assertion assertion = AssertionCeremonies.parse(credential);
    Ceremony ceremony =
        ceremonies.take(Ceremony.Kind.SIGNATURE, ceremonyId, party(user, purpose), clock.instant());
    CredentialRecord record =
        records
            .lock(user.companyId(), assertion.credentialId())
            .orElseThrow(CredentialUnknown::new);
    record.requireOwner(user.id(), assertion.userHandle());
    assertions.verify(ceremony, assertion, record);
    return new Signed(Objects.requireNonNull(ceremony.document()), evidence(assertion, record));
  }

  /**
   * Verifies again what {@link #finish} answered, by nothing but itself: that the public key's
   * owner signed exactly the document, here, and was verified by the authenticator.
   */
  public boolean isValid(Signed signed) {
    try (JsonReader reader = JSON.createReader(new StringReader(signed.assertion()))) {
      JsonObject evidence = reader.readObject();
      byte[] handle = new byte[1];
      OneCredential credential =
          OneCredential.of(bytes(evidence, "credentialId"), handle, bytes(evidence, "publicKey"));
      return AssertionCheck.isSignature(
          relyingParties.verifyingAgain(credential), digest(signed.document()), handle, evidence);
    } catch (JsonException | ClassCastException | IllegalArgumentException e) {
      return false;
    }
  }

  private static byte[] bytes(JsonObject evidence, String member) {
    return Base64.getUrlDecoder().decode(evidence.getString(member));
  }

  private static String evidence(Assertion assertion, CredentialRecord record) {
    AuthenticatorAssertionResponse response = assertion.parsed().getResponse();
    return JSON.createObjectBuilder()
        .add("credentialId", base64Url(record.credentialId()))
        .add("publicKey", base64Url(record.publicKey()))
        .add("authenticatorData", response.getAuthenticatorData().getBase64Url())
        .add("clientDataJSON", response.getClientDataJSON().getBase64Url())
        .add("signature", response.getSignature().getBase64Url())
        .build()
        .toString();
  }

  private static byte[] digest(String document) {
    return Vault.sha256(document.getBytes(StandardCharsets.UTF_8));
  }

  private static Party party(User user, String purpose) {
    return Party.user(user.companyId(), user.id(), user.username()).forPurpose(purpose);
  }

  private static String base64Url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
