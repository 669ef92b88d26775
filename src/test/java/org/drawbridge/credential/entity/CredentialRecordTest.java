package org.drawbridge.credential.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.drawbridge.credential.entity.Ceremony.Party;
import org.drawbridge.kernel.OwnedSecret;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A credential record")
class CredentialRecordTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final byte[] HANDLE = {1, 2, 3};

  private final UUID company = UUID.randomUUID();
  private final UUID application = UUID.randomUUID();
  private final UUID ana = UUID.randomUUID();
  private final UUID ben = UUID.randomUUID();
  private final CredentialRecord unclaimed =
      record(Party.account(company, application, "ana-account", "ana"));
  private final CredentialRecord anas = record(Party.user(company, ana, "ana"));

  private static CredentialRecord record(Party party) {
    OwnedSecret secret = new OwnedSecret(party.companyId(), UUID.randomUUID(), new byte[32]);
    return new CredentialRecord(
        new Ceremony(Ceremony.Kind.REGISTRATION, secret, party, "Phone", "", NOON),
        UUID.randomUUID(),
        new NewCredential(
            new byte[] {9},
            HANDLE,
            new byte[] {8},
            0,
            new UUID(0, 0),
            List.of(),
            true,
            false,
            false,
            "none",
            false),
        NOON);
  }

  @Test
  @DisplayName("signs in its owner alone, whatever a library has let through")
  void owner() {
    assertThat(anas.requireOwner(ana, HANDLE)).isEqualTo(ana);
    assertThat(anas.requireOwner(null, HANDLE)).isEqualTo(ana);
    assertThat(anas.requireOwner(ana, null)).isEqualTo(ana);
    assertThatThrownBy(() -> anas.requireOwner(ben, HANDLE)).isInstanceOf(CredentialUnknown.class);
    assertThatThrownBy(() -> anas.requireOwner(ben, null)).isInstanceOf(CredentialUnknown.class);
    assertThatThrownBy(() -> anas.requireOwner(ana, new byte[] {1, 2, 4}))
        .isInstanceOf(CredentialUnknown.class);
    assertThatThrownBy(() -> anas.requireOwner(null, new byte[0]))
        .isInstanceOf(CredentialUnknown.class);
  }

  @Test
  @DisplayName("needs the user handle where nobody said who signs in")
  void handle() {
    assertThatThrownBy(() -> anas.requireOwner(null, null)).isInstanceOf(CredentialUnknown.class);
  }

  @Test
  @DisplayName("signs nobody in before it is given to a user, and stays with that user")
  void given() {
    assertThatThrownBy(() -> unclaimed.requireOwner(null, HANDLE))
        .isInstanceOf(CredentialUnknown.class);
    assertThat(unclaimed.awaits(application, "ana-account", "ana")).isTrue();
    unclaimed.giveTo(ana);
    assertThat(unclaimed.requireOwner(null, HANDLE)).isEqualTo(ana);
    assertThat(unclaimed.awaits(application, "ana-account", "ana")).isFalse();
    assertThatThrownBy(() -> unclaimed.giveTo(ben)).isInstanceOf(CredentialUnknown.class);
  }

  @Test
  @DisplayName("awaits the account, the application and the name that it was made for")
  void awaits() {
    assertThat(unclaimed.awaits(application, "other", "ana")).isFalse();
    assertThat(unclaimed.awaits(UUID.randomUUID(), "ana-account", "ana")).isFalse();
    assertThat(unclaimed.awaits(application, "ana-account", "ben")).isFalse();
    assertThat(anas.awaits(application, "ana-account", "ana")).isFalse();
  }
}
