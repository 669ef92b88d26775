package org.drawbridge.credential.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.drawbridge.credential.entity.CredentialRecord;
import org.drawbridge.kernel.JsonBody;

/** Shows passkeys, with the names of the authenticators that made them. */
@ApplicationScoped
public class CredentialViews {

  private final Map<UUID, String> authenticators = authenticators();

  /** From the community's list, whose source ADR 12 names. */
  private static Map<UUID, String> authenticators() {
    try (InputStream in = CredentialViews.class.getResourceAsStream("/aaguids.json")) {
      if (in == null) {
        throw new IllegalStateException("aaguids.json is missing");
      }
      return JsonBody.parse(in.readAllBytes()).asJsonObject().entrySet().stream()
          .collect(
              Collectors.toUnmodifiableMap(
                  entry -> UUID.fromString(entry.getKey()),
                  entry -> ((JsonString) entry.getValue()).getString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public CredentialView of(CredentialRecord record) {
    return new CredentialView(
        record.id(),
        record.nickname(),
        record.aaguid(),
        authenticators.get(record.aaguid()),
        record.transports(),
        record.discoverable(),
        record.isBackupEligible(),
        record.isBackedUp(),
        record.attestationFormat(),
        record.isAttestationTrusted(),
        record.signatureCount(),
        record.createdAt(),
        record.lastUsedAt());
  }
}
