package org.drawbridge.kernel;

import jakarta.transaction.TransactionManager;
import jakarta.transaction.UserTransaction;
import java.util.List;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.hibernate.engine.transaction.jta.platform.internal.AbstractJtaPlatform;

/** Where Hibernate finds the server's transactions, whichever server it is. */
public class ServerTransactions extends AbstractJtaPlatform {

  private static final long serialVersionUID = 1;

  @Override
  protected TransactionManager locateTransactionManager() {
    return lookUp(
        TransactionManager.class,
        List.of("java:appserver/TransactionManager", "java:jboss/TransactionManager"));
  }

  @Override
  protected UserTransaction locateUserTransaction() {
    return lookUp(UserTransaction.class, List.of("java:comp/UserTransaction"));
  }

  // Fixed names in the server's own naming, nothing a client can reach.
  @SuppressWarnings("BanJNDI")
  private static <T> T lookUp(Class<T> type, List<String> names) {
    for (String name : names) {
      try {
        return type.cast(InitialContext.doLookup(name));
      } catch (NamingException e) {
        // The next server's name may be the right one.
      }
    }
    throw new IllegalStateException("This server has no " + type.getName() + " at " + names);
  }
}
