package org.drawbridge.architecture.planted.account.entity;

import org.hibernate.Session;

/** Wrong: a framework. */
public record SeesHibernate(Session session) {}
