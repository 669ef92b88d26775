package org.drawbridge.architecture.planted.account.service;

/** Wrong: there is no such layer. */
public class OfLayer {}
