package org.drawbridge.architecture.planted.user.entity;

/** No event. */
public record Person(String name) {}
