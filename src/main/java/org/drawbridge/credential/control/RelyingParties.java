package org.drawbridge.credential.control;

import com.yubico.webauthn.RelyingParty;
import com.yubico.webauthn.attestation.AttestationTrustSource;
import com.yubico.webauthn.data.PublicKeyCredentialParameters;
import com.yubico.webauthn.data.RelyingPartyIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
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

  /** All that the library verifies but for RS1, which rests on SHA-1; the best first. */
  private static final List<PublicKeyCredentialParameters> ALGORITHMS =
      List.of(
          PublicKeyCredentialParameters.EdDSA,
          PublicKeyCredentialParameters.ES256,
          PublicKeyCredentialParameters.ES384,
          PublicKeyCredentialParameters.ES512,
          PublicKeyCredentialParameters.Ed448,
          PublicKeyCredentialParameters.RS256,
          PublicKeyCredentialParameters.RS384,
          PublicKeyCredentialParameters.RS512);

  @Inject Applications applications;
  @Inject AttestationRoots roots;
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
    return of(id(), origins, OneCredential.none(), roots.source(), clock);
  }

  /** For an assertion by this credential, and no other. */
  RelyingParty asserting(Set<String> origins, CredentialRecord record) {
    return of(id(), origins, OneCredential.of(record), Optional.empty(), clock);
  }

  /** For an assertion that was verified before. */
  RelyingParty verifyingAgain(OneCredential credential) {
    return of(id(), Set.of(settings.publicUrl().toString()), credential, Optional.empty(), clock);
  }

  static RelyingParty of(
      String id,
      Set<String> origins,
      OneCredential known,
      Optional<AttestationTrustSource> roots,
      Clock clock) {
    return RelyingParty.builder()
        .identity(RelyingPartyIdentity.builder().id(id).name(NAME).build())
        .credentialRepository(known)
        .attestationTrustSource(roots)
        .preferredPubkeyParams(ALGORITHMS)
        .origins(origins)
        // Whether an attestation has to be trusted is the company's to say; it is verified anyway.
        .allowUntrustedAttestation(true)
        .validateSignatureCounter(true)
        .clock(clock)
        .build();
  }
}
