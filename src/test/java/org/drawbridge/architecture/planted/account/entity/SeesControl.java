package org.drawbridge.architecture.planted.account.entity;

import org.drawbridge.architecture.planted.account.control.Transacts;

/** Wrong: looks outwards. */
public record SeesControl(Transacts control) {}
