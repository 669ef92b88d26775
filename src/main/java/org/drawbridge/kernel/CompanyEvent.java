package org.drawbridge.kernel;

import java.util.Map;
import java.util.UUID;

/**
 * Something that changed in a company. Fired inside the transaction of the change and observed
 * there, so that what must not be lost is written with it. Immutable; carries ids, never entities.
 */
public interface CompanyEvent {

  UUID companyId();

  /** What happened, in the past tense and kebab-case: {@code account-locked}. */
  String type();

  /** The id of what it happened to. */
  UUID subjectId();

  /** What else a reader of the activity log wants to know; no secrets. */
  default Map<String, String> details() {
    return Map.of();
  }

  /** Whether it is in the activity log already, so that only others have to be told of it. */
  default boolean isLogged() {
    return false;
  }
}
