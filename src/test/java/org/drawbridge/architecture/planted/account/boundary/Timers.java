package org.drawbridge.architecture.planted.account.boundary;

import jakarta.ejb.Schedule;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import org.drawbridge.architecture.planted.kernel.TimedWork;

/** Timers, three of which a server would give up. */
final class Timers {

  @TransactionManagement(TransactionManagementType.BEAN)
  static class Kept {

    TimedWork work;

    @Schedule
    void look() {}
  }

  @TransactionManagement(TransactionManagementType.BEAN)
  static class Thrown {

    @Schedule
    void look() {}
  }

  static class RolledBack {

    TimedWork work;

    @Schedule
    void look() {}
  }

  @TransactionManagement(TransactionManagementType.CONTAINER)
  static class RolledBackByName {

    TimedWork work;

    @Schedule
    void look() {}
  }
}
