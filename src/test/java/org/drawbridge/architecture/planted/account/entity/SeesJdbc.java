package org.drawbridge.architecture.planted.account.entity;

import java.sql.Connection;

/** Wrong: a technique. */
public record SeesJdbc(Connection connection) {}
