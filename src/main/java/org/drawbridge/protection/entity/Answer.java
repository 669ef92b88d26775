package org.drawbridge.protection.entity;

import java.util.UUID;

/**
 * What a check answers.
 *
 * @param checkId the id of the recorded check
 */
public record Answer(UUID checkId, boolean locked, Status status) {}
