package org.drawbridge.incontainer;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.transaction.UserTransaction;
import jakarta.ws.rs.Path;
import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.drawbridge.AccountProtectionApplication;
import org.drawbridge.ChallengeApplication;
import org.drawbridge.ManagementApplication;
import org.drawbridge.ProtectionCheckApplication;
import org.drawbridge.audit.control.ActivityLog;
import org.drawbridge.kernel.CompanyEvent;
import org.drawbridge.kernel.Language;
import org.drawbridge.kernel.Notice;
import org.drawbridge.kernel.Recipient;
import org.drawbridge.notification.boundary.OutboxTransactions;
import org.drawbridge.notification.entity.Channel;
import org.drawbridge.notification.entity.WebhookChanged;
import org.drawbridge.testing.RunningServer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ArquillianExtension.class)
@DisplayName("Inside the server")
class InjectionIT {

  private static final UUID COMPANY = UUID.randomUUID();

  @Deployment
  static WebArchive war() throws URISyntaxException {
    URI assertions = Assertions.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    return ShrinkWrap.create(ZipImporter.class, RunningServer.WAR.getFileName().toString())
        .importFrom(RunningServer.WAR.toFile())
        .as(WebArchive.class)
        .addAsLibrary(new File(assertions));
  }

  private static <T> T bean(Class<T> type) {
    return CDI.current().select(type).get();
  }

  /** Fires an event in a transaction of its own. */
  private static void fire(Object event, boolean commits) throws Exception {
    UserTransaction transaction = bean(UserTransaction.class);
    transaction.begin();
    CDI.current().getBeanManager().getEvent().fire(event);
    if (commits) {
      transaction.commit();
    } else {
      transaction.rollback();
    }
  }

  @Test
  @DisplayName("every resource of each JAX-RS application is one bean")
  void resources() {
    List<Class<?>> resources =
        Stream.of(
                new AccountProtectionApplication(),
                new ChallengeApplication(),
                new ManagementApplication(),
                new ProtectionCheckApplication())
            .flatMap(application -> application.getClasses().stream())
            .filter(part -> part.isAnnotationPresent(Path.class))
            .toList();
    assertThat(resources)
        .hasSizeGreaterThan(50)
        .allMatch(resource -> CDI.current().select(resource).isResolvable());
  }

  @Test
  @DisplayName("a notice is queued if, and only if, the transaction that fires it commits")
  void notice() throws Exception {
    Recipient ana = new Recipient(COMPANY, null, "ana@example.com", null, Language.EN);
    Notice notice = new Notice("test-notice", ana, Map.of("url", "https://drawbridge.example.com"));
    OutboxTransactions outbox = bean(OutboxTransactions.class);
    fire(notice, false);
    assertThat(outbox.waiting(Channel.MAIL)).isZero();
    fire(notice, true);
    assertThat(outbox.waiting(Channel.MAIL)).isEqualTo(1);
  }

  @Test
  @DisplayName("a change is in the activity log if, and only if, its transaction commits")
  void activity() throws Exception {
    CompanyEvent event = new WebhookChanged(COMPANY, "webhook-test", COMPANY, Map.of());
    ActivityLog log = bean(ActivityLog.class);
    fire(event, false);
    assertThat(log.entries(COMPANY, null, null, null, null, 10)).isEmpty();
    fire(event, true);
    assertThat(log.entries(COMPANY, null, null, null, null, 10)).hasSize(1);
  }
}
