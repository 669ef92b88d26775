package org.drawbridge.architecture.planted.account.control;

import org.drawbridge.architecture.planted.company.entity.Firm;

/** As it should be. */
public record UsesCompany(Firm firm) {}
