package org.drawbridge.architecture.planted.account.entity;

import jakarta.json.JsonObject;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.hibernate.annotations.Immutable;

/** As it may be. */
@Entity
@Immutable
public class KnowsJpaAndJson {

  @Id String id = "";

  public JsonObject with(JsonObject json) {
    return json;
  }
}
