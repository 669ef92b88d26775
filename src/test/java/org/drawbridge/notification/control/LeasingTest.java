package org.drawbridge.notification.control;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.drawbridge.kernel.Language;
import org.drawbridge.kernel.OwnedId;
import org.drawbridge.notification.entity.Channel;
import org.drawbridge.notification.entity.NoticeText;
import org.drawbridge.notification.entity.OutboxMessage;
import org.hibernate.cfg.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The outbox in the database")
class LeasingTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration LEASE = Duration.ofMinutes(2);
  private static final OwnedId KEY = new OwnedId(new UUID(0, 1), new UUID(0, 2));

  private final EntityManagerFactory database =
      new Configuration()
          .addAnnotatedClass(OutboxMessage.class)
          .setProperty("hibernate.connection.url", "jdbc:h2:mem:" + UUID.randomUUID())
          .setProperty("hibernate.hbm2ddl.auto", "create")
          .buildSessionFactory();

  /** One node's view, in a transaction that is open until it is committed. */
  private final class Node extends Leasing {

    Node(Instant now, boolean hasGateway) {
      entities = database.createEntityManager();
      entities.getTransaction().begin();
      clock = Clock.fixed(now, ZoneOffset.UTC);
      outbox =
          new Outbox() {
            {
              entities = Node.this.entities;
              clock = Node.this.clock;
            }

            // What the vault would open.
            @Override
            public Optional<NoticeText> text(OutboxMessage message) {
              return Optional.ofNullable(message.sealed()).map(b -> new NoticeText("", "text"));
            }
          };
      routing = new Routing();
      gateways =
          new Gateways() {
            @Override
            boolean leadOut(Channel channel) {
              return hasGateway;
            }
          };
    }

    void commit() {
      entities.getTransaction().commit();
      entities.close();
    }
  }

  @BeforeEach
  void queue() {
    EntityManager entities = database.createEntityManager();
    entities.getTransaction().begin();
    entities.persist(
        new OutboxMessage(
            new UUID(0, 1),
            new UUID(0, 2),
            Channel.MAIL,
            "enrolment",
            "ana@example.com",
            Language.EN,
            new byte[9],
            NOON));
    entities.getTransaction().commit();
    entities.close();
  }

  @AfterEach
  void close() {
    database.close();
  }

  private OutboxMessage message() {
    try (EntityManager entities = database.createEntityManager()) {
      return entities.find(OutboxMessage.class, KEY);
    }
  }

  private List<Delivery> lease(Instant now) {
    Node node = new Node(now, true);
    List<Delivery> leased = node.lease(Channel.MAIL, Set.of(), Set.of());
    node.commit();
    return leased;
  }

  @Test
  @DisplayName("gives a message to one node at a time, even before that node has committed")
  void oneNode() {
    Node first = new Node(NOON, true);
    assertThat(first.lease(Channel.MAIL, Set.of(), Set.of())).isNotEmpty();
    assertThat(lease(NOON)).isEmpty();
    first.commit();
    assertThat(lease(NOON)).isEmpty();
  }

  @Test
  @DisplayName("gives it to another node when the first has not come back in time")
  void deadNode() {
    assertThat(lease(NOON)).isNotEmpty();
    assertThat(lease(NOON.plus(LEASE).minusMillis(1))).isEmpty();
    assertThat(lease(NOON.plus(LEASE))).isNotEmpty();
    assertThat(message().tries()).isEqualTo(2);
  }

  @Test
  @DisplayName("keeps channels apart, and what is not due yet to itself")
  void due() {
    Node node = new Node(NOON, true);
    assertThat(node.lease(Channel.SMS, Set.of(), Set.of())).isEmpty();
    assertThat(node.outbox.waiting(Channel.MAIL)).isEqualTo(1);
    assertThat(node.outbox.waiting(Channel.SMS)).isZero();
    node.commit();
    assertThat(lease(NOON.minusMillis(1))).isEmpty();
  }

  @Test
  @DisplayName(
      "leaves out whom others must not wait for, and gives one message to whose turn it is")
  void slowRecipients() {
    Node node = new Node(NOON, true);
    assertThat(node.lease(Channel.MAIL, Set.of("ana@example.com"), Set.of())).isEmpty();
    assertThat(node.lease(Channel.MAIL, Set.of("ben@example.com"), Set.of(KEY.companyId())))
        .isEmpty();
    assertThat(node.leaseOne(Channel.MAIL, "ben@example.com")).isEmpty();
    assertThat(node.leaseOne(Channel.MAIL, "ana@example.com")).hasSize(1);
    node.commit();
  }

  @Test
  @DisplayName("counts a message as sent that has nowhere to go, and empties its text after a day")
  void stays() {
    Node node = new Node(NOON, false);
    assertThat(node.lease(Channel.MAIL, Set.of(), Set.of())).isEmpty();
    node.commit();
    assertThat(message().status()).isEqualTo(OutboxMessage.Status.SENT);
    assertThat(message().tries()).isZero();
    emptyTexts(NOON.plus(Duration.ofHours(24)).minusMillis(1));
    assertThat(message().sealed()).isNotNull();
    emptyTexts(NOON.plus(Duration.ofHours(24)));
    assertThat(message().sealed()).isNull();
  }

  @Test
  @DisplayName("keeps the text of what is still to be sent")
  void waits() {
    emptyTexts(NOON.plus(Duration.ofHours(48)));
    assertThat(message().sealed()).isNotNull();
  }

  private void emptyTexts(Instant now) {
    Node node = new Node(now, false);
    node.outbox.emptyTexts();
    node.commit();
  }
}
