package org.drawbridge.credential.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.UUID;
import org.drawbridge.credential.entity.Ceremony.Kind;
import org.drawbridge.credential.entity.Ceremony.Party;
import org.drawbridge.kernel.OwnedSecret;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A ceremony under way")
class CeremonyTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final UUID company = UUID.randomUUID();
  private final UUID application = UUID.randomUUID();
  private final UUID user = UUID.randomUUID();
  private final OwnedSecret secret = new OwnedSecret(company, UUID.randomUUID(), new byte[32]);

  private Ceremony ceremony(Party party) {
    return new Ceremony(Kind.REGISTRATION, secret, party, "", "", NOON);
  }

  @Test
  @DisplayName("lasts five minutes")
  void expiry() {
    Ceremony ceremony = ceremony(Party.unknown());
    assertThat(ceremony.isExpired(NOON.plusSeconds(299))).isFalse();
    assertThat(ceremony.isExpired(NOON.plusSeconds(300))).isTrue();
  }

  @Test
  @DisplayName("is finished by who started it, with its secret, as what it is")
  void party() {
    Ceremony ceremony = ceremony(Party.account(company, application, "ana", "x"));
    assertThatCode(
            () ->
                ceremony.require(
                    Kind.REGISTRATION,
                    secret.hash(),
                    Party.account(company, application, "ana", "y")))
        .doesNotThrowAnyException();
    refuses(ceremony, Kind.AUTHENTICATION, secret.hash(), null);
    refuses(ceremony, Kind.REGISTRATION, new byte[32], null);
    Party[] others = {
      Party.account(UUID.randomUUID(), application, "ana", "x"),
      Party.account(company, UUID.randomUUID(), "ana", "x"),
      Party.account(company, application, "ben", "x"),
      Party.user(company, user, "x"),
      Party.unknown()
    };
    for (Party other : others) {
      refuses(ceremony, Kind.REGISTRATION, secret.hash(), other);
    }
    refuses(
        ceremony(Party.user(company, user, "x")),
        Kind.REGISTRATION,
        secret.hash(),
        Party.user(company, UUID.randomUUID(), "x"));
  }

  private static void refuses(Ceremony ceremony, Kind kind, byte[] hash, @Nullable Party by) {
    assertThatThrownBy(() -> ceremony.require(kind, hash, by)).isInstanceOf(CeremonyUnknown.class);
  }
}
