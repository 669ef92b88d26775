package org.drawbridge.architecture.planted.audit;

import org.drawbridge.architecture.planted.user.entity.Person;

/** Wrong: what is no event. */
public record UsesMoreThanEvents(Person person) {}
