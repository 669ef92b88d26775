package org.drawbridge.architecture.planted.kernel;

/** What events implement. */
public interface CompanyEvent {}
