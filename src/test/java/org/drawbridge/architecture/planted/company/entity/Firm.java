package org.drawbridge.architecture.planted.company.entity;

/** Something to use. */
public record Firm(String name) {}
