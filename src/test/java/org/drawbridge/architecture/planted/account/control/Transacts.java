package org.drawbridge.architecture.planted.account.control;

import jakarta.transaction.Transactional;

/** Wrong: no boundary. */
@Transactional
public class Transacts {}
