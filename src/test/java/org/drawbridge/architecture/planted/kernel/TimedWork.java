package org.drawbridge.architecture.planted.kernel;

/** What timers work by. */
public class TimedWork {}
