package org.drawbridge.registration.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.spi.JsonProvider;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.drawbridge.access.DomainCaller;
import org.drawbridge.credential.control.Registering;
import org.drawbridge.credential.control.RegistrationWish;
import org.drawbridge.credential.control.RegistrationWish.Attachment;
import org.drawbridge.credential.control.RegistrationWish.Attestation;
import org.drawbridge.credential.control.RegistrationWish.Verification;
import org.drawbridge.credential.entity.Ceremony.Party;
import org.drawbridge.credential.entity.CredentialUnknown;
import org.drawbridge.kernel.EmailAddress;
import org.drawbridge.kernel.PhoneNumber;
import org.drawbridge.problem.Malformed;
import org.drawbridge.problem.MemberError;
import org.drawbridge.registration.entity.Person;
import org.drawbridge.user.entity.User;
import org.jspecify.annotations.Nullable;

/**
 * The four calls that lead from an account to a user with a passkey, for an application's page and
 * for our own alike.
 */
@ApplicationScoped
public class AccountRegistration {

  private static final JsonProvider JSON = JsonProvider.provider();

  /** What is answered where there is nothing to tell. */
  public static final JsonObject SUCCESS = JSON.createObjectBuilder().add("success", true).build();

  @Inject Registering registering;
  @Inject SigningUp signingUp;

  public record StartRequest(
      @NotBlank @Size(max = 255) String username,
      @Nullable @Size(min = 1, max = 100) String credentialNickname,
      @Nullable @Pattern(regexp = "(?i)none|indirect|direct|enterprise") String attestation,
      @Nullable @Valid Selection authenticatorSelection) {

    RegistrationWish wish() {
      Selection selection =
          authenticatorSelection == null ? new Selection(null, null, null) : authenticatorSelection;
      return new RegistrationWish(
          attestation == null ? null : Attestation.valueOf(capitals(attestation)),
          selection.attachment(),
          selection.requireResidentKey(),
          selection.userVerification() == null
              ? null
              : Verification.valueOf(capitals(selection.userVerification())));
    }
  }

  /**
   * @param authenticatorAttachment a name, or an array of one, as the account-protection API has it
   */
  public record Selection(
      @Nullable JsonValue authenticatorAttachment,
      @Nullable Boolean requireResidentKey,
      @Nullable @Pattern(regexp = "(?i)discouraged|preferred|required") String userVerification) {

    private static final String AT = "/authenticatorSelection/authenticatorAttachment";

    /** Null for any: none was named, or every one. */
    @Nullable Attachment attachment() {
      JsonValue given = authenticatorAttachment;
      if (given instanceof JsonArray array) {
        given = array.size() == 1 ? array.get(0) : null;
      }
      if (given == null || given == JsonValue.NULL) {
        return null;
      }
      if (given instanceof JsonString text) {
        for (Attachment attachment : Attachment.values()) {
          if (attachment.name().equals(capitals(text.getString()))) {
            return attachment;
          }
        }
      }
      throw new Malformed(List.of(new MemberError(AT, "must be PLATFORM or CROSS_PLATFORM")));
    }
  }

  public record FinishRequest(
      @NotBlank @Size(max = 200) String registrationId, @NotNull JsonObject credential) {}

  /**
   * @param publicKeyCred the {@code credId} that {@code finish} answered
   */
  public record SignUpRequest(
      @NotBlank @Size(max = 255) String username,
      @NotBlank @EmailAddress String email,
      @JsonbProperty("first_name") @NotBlank @Size(max = 255) String firstName,
      @JsonbProperty("last_name") @NotBlank @Size(max = 255) String lastName,
      @Nullable @PhoneNumber String phone,
      @NotBlank @Size(max = 1400) String publicKeyCred) {}

  public record ConfirmRequest(
      @NotBlank @Size(max = 255) String username,
      @NotBlank @Size(max = 20) String confirmationCode) {}

  /** Beside the documented options, the same in the standard's JSON. */
  public JsonObject start(DomainCaller caller, StartRequest request) {
    String nickname =
        request.credentialNickname() == null
            ? Registering.DEFAULT_NICKNAME
            : request.credentialNickname();
    Registering.Started started =
        registering.start(
            party(caller, request.username()),
            request.username(),
            nickname,
            request.wish(),
            List.of());
    return JSON.createObjectBuilder()
        .add("credentialNickname", nickname)
        .add("publicKey", started.standard())
        .add("publicKeyCredentialCreationOptions", started.documented())
        .add("registrationId", started.id())
        .add("username", request.username())
        .build();
  }

  public JsonObject finish(DomainCaller caller, FinishRequest request) {
    Registering.Finished finished =
        registering.finish(request.registrationId(), request.credential(), party(caller, ""));
    return JSON.createObjectBuilder()
        .add("credId", base64Url(finished.record().credentialId()))
        .add("deviceId", finished.record().id().toString())
        .add("publicKey", base64Url(finished.record().publicKey()))
        .add("registrationResult", finished.result())
        .build();
  }

  public JsonObject signUp(DomainCaller caller, SignUpRequest request) {
    byte[] credentialId;
    try {
      credentialId = Base64.getUrlDecoder().decode(request.publicKeyCred());
    } catch (IllegalArgumentException e) {
      throw new CredentialUnknown();
    }
    signingUp.signUp(
        caller,
        new Person(
            request.username(),
            request.email(),
            request.firstName(),
            request.lastName(),
            request.phone()),
        credentialId);
    return SUCCESS;
  }

  public User confirm(DomainCaller caller, ConfirmRequest request) {
    return signingUp.confirm(caller, request.username(), request.confirmationCode().strip());
  }

  private static Party party(DomainCaller caller, String username) {
    return Party.account(caller.companyId(), caller.applicationId(), caller.subject(), username);
  }

  private static String base64Url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String capitals(String name) {
    return name.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
