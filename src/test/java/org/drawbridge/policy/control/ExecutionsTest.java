package org.drawbridge.policy.control;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.drawbridge.account.entity.PolicyAction;
import org.drawbridge.policy.entity.Effect;
import org.drawbridge.policy.entity.Policy;
import org.drawbridge.policy.entity.PolicyExecution;
import org.drawbridge.policy.entity.PolicyTerms;
import org.drawbridge.policy.entity.PolicyType;
import org.hibernate.cfg.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The executions that are carried out next")
class ExecutionsTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final PolicyTerms TERMS =
      new PolicyTerms(
          "Night",
          null,
          PolicyType.ALERT,
          null,
          PolicyAction.LOCK,
          null,
          true,
          1,
          null,
          null,
          null,
          null,
          "UTC",
          null,
          null,
          null);

  private final EntityManagerFactory database =
      new Configuration()
          .addAnnotatedClass(PolicyExecution.class)
          .setProperty("hibernate.connection.url", "jdbc:h2:mem:" + UUID.randomUUID())
          .setProperty("hibernate.hbm2ddl.auto", "create")
          .buildSessionFactory();
  private final Executions executions = new Executions();
  private final UUID company = UUID.randomUUID();
  private int added;

  @BeforeEach
  void begin() {
    EntityManager entities = database.createEntityManager();
    entities.getTransaction().begin();
    executions.entities = entities;
  }

  @AfterEach
  void close() {
    executions.entities.getTransaction().rollback();
    executions.entities.close();
    database.close();
  }

  @Test
  @DisplayName("are the oldest of each policy, in the order of time")
  void oldest() {
    UUID late = UUID.randomUUID();
    UUID early = UUID.randomUUID();
    UUID second = add(company, late, NOON.plusSeconds(3));
    add(company, late, NOON.plusSeconds(4));
    UUID first = add(company, early, NOON.plusSeconds(1));
    add(company, early, NOON.plusSeconds(2));
    finish(add(company, early, NOON));
    assertThat(next(20)).containsExactly(first, second);
    assertThat(executions.next(late).orElseThrow().ids()).containsExactly(second);
    assertThat(executions.next(UUID.randomUUID())).isEmpty();
  }

  @Test
  @DisplayName("are those of as many policies as are wanted, of each company in its turn")
  void turns() {
    UUID first = add(company, UUID.randomUUID(), NOON);
    UUID second = add(company, UUID.randomUUID(), NOON.plusSeconds(1));
    UUID third = add(company, UUID.randomUUID(), NOON.plusSeconds(2));
    UUID other = add(UUID.randomUUID(), UUID.randomUUID(), NOON.plusSeconds(3));
    assertThat(next(20)).containsExactly(first, other, second, third);
    assertThat(next(2)).containsExactly(first, other);
  }

  private List<UUID> next(int most) {
    executions.entities.flush();
    return executions.next(most).stream().flatMap(batch -> batch.ids().stream()).toList();
  }

  private void finish(UUID id) {
    executions
        .entities
        .createQuery("select e from PolicyExecution e where e.id = :id", PolicyExecution.class)
        .setParameter("id", id)
        .getSingleResult()
        .finish(0, NOON);
  }

  private UUID add(UUID owner, UUID policyId, Instant due) {
    UUID id = UUID.randomUUID();
    executions.entities.persist(
        new PolicyExecution(
            new Policy(owner, policyId, "key", TERMS, NOON),
            id,
            "request:" + added++,
            Effect.LOCK,
            "test",
            due,
            due));
    return id;
  }
}
