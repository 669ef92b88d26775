package org.drawbridge.architecture.planted.user.entity;

import org.drawbridge.architecture.planted.kernel.CompanyEvent;

/** An event. */
public record PersonChanged(String name) implements CompanyEvent {}
