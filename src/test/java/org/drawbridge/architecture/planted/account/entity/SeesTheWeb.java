package org.drawbridge.architecture.planted.account.entity;

import jakarta.ws.rs.core.Response;

/** Wrong: a framework. */
public record SeesTheWeb(Response response) {}
