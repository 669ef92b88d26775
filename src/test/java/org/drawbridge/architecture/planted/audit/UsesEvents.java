package org.drawbridge.architecture.planted.audit;

import org.drawbridge.architecture.planted.user.entity.PersonChanged;

/** As it should be. */
public record UsesEvents(PersonChanged event) {}
