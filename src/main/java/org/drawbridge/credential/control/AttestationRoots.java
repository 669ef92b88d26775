package org.drawbridge.credential.control;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.yubico.fido.metadata.FidoMetadataService;
import com.yubico.fido.metadata.MetadataBLOBPayload;
import com.yubico.webauthn.attestation.AttestationTrustSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.drawbridge.kernel.BadSetting;
import org.drawbridge.kernel.Settings;

/**
 * The roots that attestations may lead to: those of the FIDO metadata (FIDO Metadata Service v3.0)
 * in the file that {@code DRAWBRIDGE_FIDO_METADATA} names. It is the operator's, like every other
 * setting: nothing is fetched, and its signature is the operator's to check. Authenticators that it
 * says are revoked are left out.
 */
@ApplicationScoped
public class AttestationRoots {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          // By name: looked up, they would be the server's, of another loader.
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false)
          .configure(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL, true)
          .build();

  private final Optional<AttestationTrustSource> source =
      Settings.current().fidoMetadata().map(AttestationRoots::read);

  /** Empty where the operator provides none: then no attestation is trusted. */
  public Optional<AttestationTrustSource> source() {
    return source;
  }

  /**
   * @param file the BLOB as the service publishes it (a JWT), or its payload alone
   * @throws BadSetting where it is neither
   */
  static AttestationTrustSource read(Path file) {
    try {
      String text = Files.readString(file).strip();
      String payload =
          text.startsWith("{")
              ? text
              : new String(
                  Base64.getUrlDecoder().decode(text.split("\\.", -1)[1]), StandardCharsets.UTF_8);
      return FidoMetadataService.builder()
          .useBlob(JSON.readValue(payload, MetadataBLOBPayload.class))
          .build();
    } catch (Exception e) {
      // The library declares some ten kinds, and the parser throws others.
      throw new BadSetting(
          "DRAWBRIDGE_FIDO_METADATA", "the file " + file + " is no FIDO metadata BLOB");
    }
  }
}
