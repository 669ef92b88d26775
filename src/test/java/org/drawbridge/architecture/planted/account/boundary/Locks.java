package org.drawbridge.architecture.planted.account.boundary;

import jakarta.ws.rs.Path;

/** Wrong: a resource without the name. */
@Path("locks")
public class Locks {}
