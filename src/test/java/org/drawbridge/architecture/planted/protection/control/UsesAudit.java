package org.drawbridge.architecture.planted.protection.control;

import org.drawbridge.architecture.planted.audit.UsesEvents;

/** Wrong: nobody uses those who observe. */
public record UsesAudit(UsesEvents audit) {}
