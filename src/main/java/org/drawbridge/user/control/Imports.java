package org.drawbridge.user.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.drawbridge.kernel.OwnedId;
import org.drawbridge.problem.NotFound;
import org.drawbridge.user.entity.UserImport;

/** The imports that are worked off in the background. */
@ApplicationScoped
public class Imports {

  @PersistenceContext EntityManager entities;

  public void add(UserImport accepted) {
    entities.persist(accepted);
  }

  public UserImport get(UUID companyId, UUID id) {
    UserImport found = entities.find(UserImport.class, new OwnedId(companyId, id));
    if (found == null) {
      throw new NotFound("import");
    }
    return found;
  }

  /**
   * Takes the oldest import that no other node is working on, and holds it until the transaction
   * ends; what a node that dies was working on is free again.
   */
  public Optional<UserImport> claimOldest() {
    @SuppressWarnings("unchecked")
    List<UserImport> claimed =
        entities
            .createNativeQuery(
                "select * from user_imports where status = 'ACCEPTED' order by created_at, id"
                    + " fetch first 1 row only for update skip locked",
                UserImport.class)
            .getResultList();
    return claimed.stream().findFirst();
  }
}
