package org.drawbridge.architecture.planted.kernel;

import org.drawbridge.architecture.planted.company.entity.Firm;

/** Wrong: looks up the order. */
public record UsesCompany(Firm firm) {}
