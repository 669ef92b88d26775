package org.drawbridge.architecture.planted.company.control;

import java.net.http.HttpClient;

/** Wrong: it could be led into the own network. */
public record CallsWhateverIsNamed(HttpClient client) {}
