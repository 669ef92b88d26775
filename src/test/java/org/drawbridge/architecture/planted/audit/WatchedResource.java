package org.drawbridge.architecture.planted.audit;

import jakarta.transaction.Transactional;
import jakarta.ws.rs.Path;

/** The boundary of a flat feature. */
@Path("watched")
@Transactional
public class WatchedResource {}
