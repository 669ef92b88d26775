package org.drawbridge.company.control;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.drawbridge.company.control.KeyUse.Key;
import org.drawbridge.company.entity.ApiKey;
import org.drawbridge.company.entity.KeyPurpose;
import org.drawbridge.company.entity.SigningKey;
import org.drawbridge.kernel.OwnedId;
import org.hibernate.cfg.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("That a key was used")
class KeyUseTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final UUID COMPANY = UUID.randomUUID();
  private static final UUID KEY = UUID.randomUUID();

  private final EntityManagerFactory database =
      new Configuration()
          .addAnnotatedClass(ApiKey.class)
          .addAnnotatedClass(SigningKey.class)
          .setProperty("hibernate.connection.url", "jdbc:h2:mem:" + UUID.randomUUID())
          .setProperty("hibernate.hbm2ddl.auto", "create")
          .buildSessionFactory();
  private final KeyUse use = new KeyUse();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  @DisplayName("is written, and stays noted until that is known to be committed")
  void written() {
    EntityManager entities = database.createEntityManager();
    entities.getTransaction().begin();
    entities.persist(new ApiKey(COMPANY, KEY, KeyPurpose.values()[0], "server", new byte[9], NOON));
    use.entities = entities;
    use.note(COMPANY, KEY, NOON);
    var noted = use.noted();
    entities.flush();
    use.write(noted);
    entities.getTransaction().commit();
    entities.clear();
    assertThat(entities.find(ApiKey.class, new OwnedId(COMPANY, KEY)).lastUsedAt()).isEqualTo(NOON);
    entities.close();
    assertThat(use.noted()).isEqualTo(noted);
    use.forget(noted);
    assertThat(use.noted()).isEmpty();
  }

  @Test
  @DisplayName("stays noted where it was used again meanwhile")
  void usedAgain() {
    use.note(COMPANY, KEY, NOON);
    var noted = use.noted();
    use.note(COMPANY, KEY, NOON.plusSeconds(1));
    use.forget(noted);
    assertThat(use.noted()).containsOnlyKeys(new Key(COMPANY, KEY));
  }

  @Test
  @DisplayName("is written of all keys in the same order on all nodes")
  void order() {
    IntStream.range(0, 50).forEach(i -> use.note(COMPANY, UUID.randomUUID(), NOON));
    assertThat(List.copyOf(use.noted().keySet()))
        .isSortedAccordingTo(Comparator.comparing(Key::id));
  }
}
