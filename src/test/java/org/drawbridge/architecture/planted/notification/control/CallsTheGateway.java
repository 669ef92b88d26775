package org.drawbridge.architecture.planted.notification.control;

import java.net.http.HttpClient;

/** May call what a setting names. */
public record CallsTheGateway(HttpClient client) {}
