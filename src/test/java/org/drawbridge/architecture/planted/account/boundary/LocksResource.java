package org.drawbridge.architecture.planted.account.boundary;

import jakarta.transaction.Transactional;
import jakarta.ws.rs.Path;
import org.drawbridge.architecture.planted.account.control.UsesCompany;

/** As it should be. */
@Path("locks")
@Transactional
public class LocksResource {

  public Answer answer(UsesCompany used) {
    return new Answer(used);
  }

  /** Of the same boundary. */
  public record Answer(UsesCompany used) {}
}
