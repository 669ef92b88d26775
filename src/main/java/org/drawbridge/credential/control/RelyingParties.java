package org.drawbridge.credential.control;

import com.yubico.webauthn.RelyingParty;
import com.yubico.webauthn.data.RelyingPartyIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.drawbridge.company.control.Applications;
import org.drawbridge.company.entity.Application;
import org.drawbridge.credential.entity.CredentialRecord;
import org.drawbridge.kernel.Settings;
import org.jspecify.annotations.Nullable;

/**
 * The only relying party configuration. The relying party id is the host of the public URL; pages
 * of validated applications may use it, too (WebAuthn Level 3 section 5.11, related origins).
 */
@ApplicationScoped
public class RelyingParties {

  private static final String NAME = "Drawbridge";

  @Inject Applications applications;
  @Inject Clock clock;

  private final Settings settings = Settings.current();

  String id() {
    return settings.publicUrl().getHost();
  }

  /** Where ceremonies may take place that the person, or an application, has started. */
  Set<String> origins(UUID companyId, @Nullable UUID applicationId) {
    Set<String> origins = new HashSet<>();
    origins.add(settings.publicUrl().toString());
    if (applicationId != null) {
      Application application = applications.get(companyId, applicationId);
      if (application.isValidated()) {
        origins.add(application.url());
      }
    }
    return origins;
  }

  /** Every origin whose pages may use passkeys of ours, ours first. */
  public List<String> relatedOrigins() {
    return Stream.concat(
            Stream.of(settings.publicUrl().toString()), applications.validatedUrls().stream())
        .distinct()
        .toList();
  }

  /** For everything but an assertion: knows no credential. */
  RelyingParty registering(Set<String> origins) {
    return of(id(), origins, OneCredential.none(), clock);
  }

  /** For an assertion by this credential, and no other. */
  RelyingParty asserting(Set<String> origins, CredentialRecord record) {
    return of(id(), origins, OneCredential.of(record), clock);
  }

  static RelyingParty of(String id, Set<String> origins, OneCredential known, Clock clock) {
    return RelyingParty.builder()
        .identity(RelyingPartyIdentity.builder().id(id).name(NAME).build())
        .credentialRepository(known)
        .origins(origins)
        // Whether an attestation has to be trusted is the company's to say; it is verified anyway.
        .allowUntrustedAttestation(true)
        .validateSignatureCounter(true)
        .clock(clock)
        .build();
  }
}
