package org.drawbridge.architecture.planted.account.boundary;

/** Wrong: the name without a resource. */
public class HumanResource {}
