package org.drawbridge.architecture.planted.company.control;

import org.drawbridge.architecture.planted.account.control.UsesCompany;

/** Wrong: looks up the order, and closes a cycle. */
public record UsesAccount(UsesCompany account) {}
