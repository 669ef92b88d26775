package org.drawbridge.company.boundary;

import java.time.Instant;
import java.util.UUID;
import org.drawbridge.company.control.DomainProof;
import org.drawbridge.company.entity.Application;
import org.drawbridge.company.entity.Domain;
import org.drawbridge.company.entity.OnFailure;
import org.drawbridge.company.entity.UnknownAccount;

/** An application, with what its owner must publish to validate the domain. */
public record ApplicationResponse(
    UUID id,
    UUID companyId,
    String name,
    Domain domain,
    boolean validated,
    Validation validation,
    UnknownAccount unknownAccount,
    OnFailure onFailure,
    boolean initialLockStatus,
    Instant createdDate) {

  /** Either of them is enough. */
  public record Validation(Cname cname, ProofFile file) {}

  public record Cname(String name, String value) {}

  public record ProofFile(String path, String content) {}

  static ApplicationResponse of(Application application, DomainProof proof) {
    return new ApplicationResponse(
        application.id(),
        application.companyId(),
        application.name(),
        Domain.of(application),
        application.isValidated(),
        new Validation(
            new Cname(proof.cnameName(application), proof.cnameValue(application)),
            new ProofFile(proof.filePath(), proof.fileContent(application))),
        application.unknownAccount(),
        application.onFailure(),
        application.startsAccountsLocked(),
        application.createdAt());
  }
}
