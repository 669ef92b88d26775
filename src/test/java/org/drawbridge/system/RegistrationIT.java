package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.testing.TestJson.JSON;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.drawbridge.testing.Await;
import org.drawbridge.testing.HttpCalls;
import org.drawbridge.testing.HttpCalls.Answer;
import org.drawbridge.testing.MailServer;
import org.drawbridge.testing.Problems;
import org.drawbridge.testing.SharedServer;
import org.drawbridge.testing.Simultaneously;
import org.drawbridge.testing.SmsGateway;
import org.drawbridge.testing.SoftwareAuthenticator;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestCompany;
import org.drawbridge.testing.TestPerson;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Registering a passkey and signing up, by the account-protection API,")
class RegistrationIT {

  private final TestCompany company = TestCompany.create();
  private final TestApplication application = company.application();
  private final TestPerson ana = TestPerson.at(application);

  @Test
  @DisplayName("starts with the documented options, and beside them the standard's JSON")
  void options() {
    JsonObject started =
        ana.call(
                "start",
                """
                {"username":"ana","credentialNickname":"Phone","attestation":"DIRECT",
                 "authenticatorSelection":{"authenticatorAttachment":["CROSS_PLATFORM"],
                   "requireResidentKey":true,"userVerification":"DISCOURAGED"}}
                """)
            .expect(200)
            .json();
    assertThat(started.keySet())
        .contains(
            "credentialNickname",
            "publicKeyCredentialCreationOptions",
            "registrationId",
            "username");
    assertThat(started.getString("credentialNickname")).isEqualTo("Phone");
    JsonObject documented = started.getJsonObject("publicKeyCredentialCreationOptions");
    assertThat(documented.keySet())
        .containsExactlyInAnyOrder(
            "attestation",
            "authenticatorSelection",
            "challenge",
            "excludeCredentials",
            "extensions",
            "pubKeyCredParams",
            "rp",
            "timeout",
            "user");
    assertThat(documented.getString("attestation")).isEqualTo("DIRECT");
    assertThat(documented.getJsonObject("authenticatorSelection").toString())
        .isEqualTo(
            "{\"authenticatorAttachment\":\"CROSS_PLATFORM\",\"residentKey\":\"REQUIRED\",\"userVerification\":\"DISCOURAGED\"}");
    JsonObject challenge = documented.getJsonObject("challenge");
    assertThat(challenge.keySet())
        .containsExactlyInAnyOrder("base64", "base64Url", "bytes", "empty", "hex");
    assertThat(documented.getJsonArray("pubKeyCredParams").getJsonObject(0).getString("type"))
        .isEqualTo("PUBLIC_KEY");
    JsonObject standard = started.getJsonObject("publicKey");
    assertThat(standard.getString("challenge")).isEqualTo(challenge.getString("base64Url"));
    assertThat(Base64.getUrlDecoder().decode(standard.getString("challenge"))).hasSize(32);
    assertThat(standard.getJsonObject("rp").getString("id")).isEqualTo("localhost");
    assertThat(standard.getString("attestation")).isEqualTo("direct");
    assertThat(standard.getJsonObject("authenticatorSelection").getString("userVerification"))
        .isEqualTo("discouraged");
  }

  @Test
  @DisplayName("asks for user verification and no attestation where the application says nothing")
  void defaults() {
    JsonObject standard = ana.start().expect(200).json().getJsonObject("publicKey");
    assertThat(standard.getString("attestation")).isEqualTo("none");
    assertThat(standard.getJsonObject("authenticatorSelection").getString("userVerification"))
        .isEqualTo("required");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"NONE", "INDIRECT", "DIRECT", "ENTERPRISE"})
  @DisplayName("asks the authenticator for the attestation that the application wants")
  void attestation(String wish) {
    JsonObject started =
        ana.call("start", "{\"username\":\"ana\",\"attestation\":\"%s\"}".formatted(wish))
            .expect(200)
            .json();
    assertThat(started.getJsonObject("publicKeyCredentialCreationOptions").getString("attestation"))
        .isEqualTo(wish);
    assertThat(started.getJsonObject("publicKey").getString("attestation"))
        .isEqualTo(wish.toLowerCase(Locale.ROOT));
    ana.finish(started, ana.authenticator().create(started.getJsonObject("publicKey"))).expect(200);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"PREFERRED", "DISCOURAGED"})
  @DisplayName("takes a person who was not verified where the application asks for no more")
  void unverifiedUser(String wish) {
    JsonObject started =
        ana.call(
                "start",
                "{\"username\":\"ana\",\"authenticatorSelection\":{\"userVerification\":\"%s\"}}"
                    .formatted(wish))
            .expect(200)
            .json();
    ana.authenticator().flags = SoftwareAuthenticator.UP;
    ana.finish(started, ana.authenticator().create(started.getJsonObject("publicKey"))).expect(200);
  }

  @Test
  @DisplayName("refuses what comes after five minutes, and the registration id is used up")
  void expiry() {
    JsonObject started = ana.start().expect(200).json();
    SharedServer.database()
        .execute(
            "update ceremonies set expiry = expiry - interval '5 minutes' where username = ?",
            ana.username());
    JsonObject made = ana.authenticator().create(started.getJsonObject("publicKey"));
    Problems.expect(ana.finish(started, made), 403, "ceremony-expired");
    Problems.expect(ana.finish(started, made), 403, "ceremony-unknown");
  }

  @Test
  @DisplayName("leads to a user who owns the account, and signs in, once the code came back")
  void wholeWay() {
    JsonObject finished = ana.register();
    assertThat(finished.keySet())
        .containsExactlyInAnyOrder("credId", "deviceId", "publicKey", "registrationResult");
    assertThat(finished.getString("credId")).isEqualTo(ana.authenticator().credentialId());
    assertThat(finished.getJsonObject("registrationResult").keySet())
        .containsExactlyInAnyOrder(
            "aaguid",
            "attestationTrustPath",
            "attestationTrusted",
            "attestationType",
            "authenticatorExtensionOutputs",
            "clientExtensionOutputs",
            "keyId",
            "publicKeyCose",
            "signatureCount");
    Problems.expect(
        TestPerson.SignIn.of(SharedServer.anonymous()).finish(ana.here()),
        403,
        "credential-unknown");
    assertThat(ana.signUp().expect(200).text()).isEqualTo("{\"success\":true}");
    assertThat(ana.user()).as("before the code came back").isNull();
    assertThat(ana.confirm(ana.mailedCode()).expect(200).text()).isEqualTo("{\"success\":true}");
    JsonObject user = ana.user();
    assertThat(user.getBoolean("emailVerified")).isTrue();
    assertThat(user.getJsonArray("accounts").getJsonObject(0).getString("userAccountId"))
        .isEqualTo(ana.subject());
    assertThat(ana.signIn().get("/api/v1/me").expect(200).json().getJsonObject("user"))
        .isEqualTo(user);
  }

  @Test
  @DisplayName("takes binary members as the documented objects, too")
  void documentedForm() {
    JsonObject started = ana.start().expect(200).json();
    JsonObject made = ana.authenticator().create(started.getJsonObject("publicKey"));
    JsonObject response = made.getJsonObject("response");
    JsonObject documented =
        JSON.createObjectBuilder()
            .add("id", bytes(made.getString("id")))
            .add("rawId", bytes(made.getString("id")))
            .add("type", "PUBLIC_KEY")
            .add(
                "response",
                JSON.createObjectBuilder()
                    .add("attestationObject", bytes(response.getString("attestationObject")))
                    .add("clientDataJSON", bytes(response.getString("clientDataJSON")))
                    .add(
                        "transports",
                        JSON.createArrayBuilder().add(JSON.createObjectBuilder().add("id", "usb"))))
            .build();
    ana.finish(started, documented).expect(200);
  }

  @Test
  @DisplayName("keeps eight of the transports that a client names, and none that cannot be one")
  void transports() {
    JsonObject started = ana.start().expect(200).json();
    JsonObject made = ana.authenticator().create(started.getJsonObject("publicKey"));
    JsonArrayBuilder transports = JSON.createArrayBuilder().add("a1").add("a".repeat(21));
    "bcdefghijklm".chars().forEach(letter -> transports.add("a" + (char) letter));
    JsonObject response =
        JSON.createObjectBuilder(made.getJsonObject("response"))
            .add("transports", transports)
            .build();
    ana.finish(started, JSON.createObjectBuilder(made).add("response", response).build())
        .expect(200);
    ana.signUp().expect(200);
    ana.confirm(ana.mailedCode()).expect(200);
    assertThat(
            ana.signIn()
                .get("/api/v1/me/credentials")
                .expect(200)
                .jsonArray()
                .getJsonObject(0)
                .getJsonArray("transports")
                .getValuesAs(JsonString.class))
        .extracting(JsonString::getString)
        .containsExactly("ab", "ac", "ad", "ae", "af", "ag", "ah", "ai");
  }

  private static JsonObject bytes(String base64Url) {
    return JSON.createObjectBuilder()
        .add("bytes", Base64.getEncoder().encodeToString(Base64.getUrlDecoder().decode(base64Url)))
        .build();
  }

  static Stream<Arguments> tampering() {
    Map<String, Consumer<SoftwareAuthenticator>> cases =
        Map.ofEntries(
            Map.entry("origin-wrong", a -> a.origin = "https://evil.example"),
            Map.entry("rp-id-wrong", a -> a.relyingParty = "evil.example"),
            Map.entry(
                "challenge-wrong",
                a -> a.challenge = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
            Map.entry("ceremony-type-wrong", a -> a.type = "webauthn.get"),
            Map.entry("user-presence-missing", a -> a.flags = SoftwareAuthenticator.UV),
            Map.entry("user-verification-missing", a -> a.flags = SoftwareAuthenticator.UP),
            Map.entry(
                "flags-wrong",
                a ->
                    a.flags =
                        SoftwareAuthenticator.UP
                            | SoftwareAuthenticator.UV
                            | SoftwareAuthenticator.BS));
    return cases.entrySet().stream().map(c -> Arguments.of(c.getKey(), c.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tampering")
  @DisplayName("refuses naming the step, and the registration id is used up")
  void steps(String problem, Consumer<SoftwareAuthenticator> tampering) {
    JsonObject started = ana.start().expect(200).json();
    SoftwareAuthenticator other = new SoftwareAuthenticator(application.url());
    tampering.accept(other);
    Problems.expect(
        ana.finish(started, other.create(started.getJsonObject("publicKey"))), 403, problem);
    Problems.expect(
        ana.finish(started, ana.authenticator().create(started.getJsonObject("publicKey"))),
        403,
        "ceremony-unknown");
  }

  @Test
  @DisplayName("refuses the page of another application, validated or not, of this company or not")
  void foreignPages() {
    List<TestApplication> others =
        List.of(company.application(), TestCompany.create().application());
    for (TestApplication other : others) {
      refusesPage(ana, other.url());
    }
    String unvalidated = "https://app-" + UUID.randomUUID() + ".example.com";
    addApplication(unvalidated);
    refusesPage(ana, unvalidated);
    ana.register();
  }

  private static void refusesPage(TestPerson person, String origin) {
    JsonObject started = person.start().expect(200).json();
    SoftwareAuthenticator elsewhere = new SoftwareAuthenticator(origin);
    Problems.expect(
        person.finish(started, elsewhere.create(started.getJsonObject("publicKey"))),
        403,
        "origin-wrong");
  }

  private void addApplication(String url) {
    company
        .administrator()
        .post(
            "/api/v1/companies/" + company.id() + "/applications",
            "{\"name\":\"Application\",\"url\":\"" + url + "\"}")
        .expect(201);
  }

  @Test
  @DisplayName("refuses an algorithm that was not offered")
  void algorithm() {
    JsonObject started = ana.start().expect(200).json();
    JsonObject made = ana.authenticator().create(started.getJsonObject("publicKey"));
    byte[] attestation = SoftwareAuthenticator.member(made, "attestationObject");
    // The last of the COSE key's "alg": -7 becomes -8, for which this is no key.
    for (int i = 0; i < attestation.length - 3; i++) {
      if (attestation[i] == 0x01 && attestation[i + 1] == 0x02 && attestation[i + 2] == 0x03) {
        attestation[i + 3] = 0x30;
      }
    }
    Answer refused =
        ana.finish(started, SoftwareAuthenticator.altered(made, "attestationObject", attestation));
    Problems.expect(refused, 403, "algorithm-wrong");
  }

  @Test
  @DisplayName("refuses a replay, a foreign account or application, and an id that never was")
  void foreign() {
    JsonObject started = ana.start().expect(200).json();
    JsonObject made = ana.authenticator().create(started.getJsonObject("publicKey"));
    TestPerson elsewhere = TestPerson.at(company.application());
    Problems.expect(elsewhere.finish(started, made), 403, "ceremony-unknown");
    TestPerson ben = TestPerson.at(application);
    Problems.expect(ben.finish(started, made), 403, "ceremony-unknown");
    Problems.expect(ana.finish("A".repeat(86), made), 403, "ceremony-unknown");
    Problems.expect(ana.finish("no id", made), 403, "ceremony-unknown");
    ana.finish(started, made).expect(200);
    Problems.expect(ana.finish(started, made), 403, "ceremony-unknown");
    JsonObject again = ana.start().expect(200).json();
    Problems.expect(
        ana.finish(again, ana.authenticator().create(again.getJsonObject("publicKey"))),
        409,
        "credential-registered");
  }

  @Test
  @DisplayName("answers one of ten that finish the same ceremony at once")
  void oneWins() {
    JsonObject started = ana.start().expect(200).json();
    JsonObject made = ana.authenticator().create(started.getJsonObject("publicKey"));
    List<Answer> answers = Simultaneously.call(10, i -> ana.finish(started, made));
    assertThat(answers.stream().filter(a -> a.status() == 200)).hasSize(1);
    assertThat(answers.stream().filter(a -> a.status() == 403)).hasSize(9);
  }

  @Test
  @DisplayName("never fails on an attestation object that is cut off, altered or huge")
  void garbage() {
    JsonObject first = ana.start().expect(200).json();
    JsonObject made = ana.authenticator().create(first.getJsonObject("publicKey"));
    byte[] whole = SoftwareAuthenticator.member(made, "attestationObject");
    List<byte[]> garbage =
        List.of(
            new byte[0],
            SoftwareAuthenticator.truncated(whole, 1),
            SoftwareAuthenticator.truncated(whole, whole.length - 10),
            Arrays.copyOf(whole, whole.length + 1),
            new byte[] {(byte) 0xbf, (byte) 0xff},
            new byte[] {(byte) 0x9b, 0x7f, -1, -1, -1, -1, -1, -1, -1},
            nested(4000));
    for (byte[] each : garbage) {
      JsonObject started = ana.start().expect(200).json();
      Answer refused =
          ana.finish(started, SoftwareAuthenticator.altered(made, "attestationObject", each));
      assertThat(refused.status()).as(refused.text()).isIn(400, 403);
      assertThat(Problems.leak(refused.text())).isEmpty();
    }
    Answer huge =
        ana.finish(
            first, SoftwareAuthenticator.altered(made, "attestationObject", new byte[60_000]));
    assertThat(huge.status()).isEqualTo(400);
    assertThat(huge.wrongMembers()).containsExactly("/credential/response/attestationObject");
  }

  private static byte[] nested(int depth) {
    byte[] cbor = new byte[depth];
    Arrays.fill(cbor, (byte) 0x81);
    return cbor;
  }

  @Test
  @DisplayName("names the members that are wrong")
  void members() {
    assertThat(ana.call("start", "{}").expect(400).wrongMembers()).containsExactly("/username");
    assertThat(
            ana.call(
                    "start",
                    "{\"username\":\"a\",\"attestation\":\"SOME\",\"authenticatorSelection\":{\"userVerification\":\"x\"}}")
                .expect(400)
                .wrongMembers())
        .containsExactly("/attestation", "/authenticatorSelection/userVerification");
    assertThat(ana.call("finish", "{}").expect(400).wrongMembers())
        .containsExactly("/credential", "/registrationId");
    assertThat(
            ana.call("finish", "{\"registrationId\":\"x\",\"credential\":{}}")
                .expect(400)
                .wrongMembers())
        .containsExactly("/credential/response");
    assertThat(ana.call("signup", "{\"email\":\"x\"}").expect(400).wrongMembers())
        .containsExactly("/email", "/first_name", "/last_name", "/publicKeyCred", "/username");
    assertThat(ana.call("confirmSignup", "{}").expect(400).wrongMembers())
        .containsExactly("/confirmationCode", "/username");
  }

  @Test
  @DisplayName("needs a domain token in each call")
  void unauthorized() {
    HttpCalls nobody = SharedServer.anonymous();
    for (String call : List.of("start", "finish", "signup", "confirmSignup")) {
      Problems.expect(
          nobody.post("/nl3/api/v1/sdk/registration/" + call, "{}"), 401, "credential-missing");
    }
  }

  @Test
  @DisplayName("counts a code for five tries, and once")
  void tries() {
    ana.register();
    ana.signUp().expect(200);
    String code = ana.mailedCode();
    String wrong = code.equals("000000") ? "000001" : "000000";
    for (int i = 0; i < 5; i++) {
      Problems.expect(ana.confirm(wrong), 403, "confirmation-refused");
    }
    Problems.expect(ana.confirm(code), 403, "confirmation-refused");
    assertThat(ana.user()).isNull();

    ana.signUp().expect(200);
    Problems.expect(ana.confirm(code), 403, "confirmation-refused");
    TestPerson ben = TestPerson.at(application);
    ben.register();
    ben.signUp().expect(200);
    String bens = ben.mailedCode();
    List<Answer> answers = Simultaneously.call(5, i -> ben.confirm(bens));
    assertThat(answers.stream().filter(a -> a.status() == 200)).hasSize(1);
    Problems.expect(ben.confirm(bens), 403, "confirmation-refused");
  }

  @Test
  @DisplayName("lets nobody use up the tries of another account's sign-up of the same name")
  void triesOfOthers() {
    ana.register();
    ana.signUp().expect(200);
    TestPerson attacker =
        new TestPerson(application, ana.username(), "attacker", ana.authenticator());
    for (int i = 0; i < 6; i++) {
      Problems.expect(attacker.confirm("000000"), 403, "confirmation-refused");
    }
    ana.confirm(ana.mailedCode()).expect(200);
  }

  @Test
  @DisplayName("binds the passkey to the name that it was started for")
  void otherName() {
    ana.register();
    TestPerson renamed =
        new TestPerson(application, "other-" + ana.username(), ana.subject(), ana.authenticator());
    Problems.expect(renamed.signUp(), 403, "credential-unknown");
  }

  @Test
  @DisplayName("sends an account five codes an hour at most, and answers alike")
  void rate() {
    ana.register();
    for (int i = 0; i < 7; i++) {
      assertThat(ana.signUp().expect(200).text()).isEqualTo("{\"success\":true}");
    }
    TestPerson last = TestPerson.at(application);
    last.register();
    last.signUp().expect(200);
    last.mailedCode();
    Await.until(
        Duration.ofSeconds(30), () -> MailServer.shared().mails(ana.username()).size() >= 5);
    assertThat(MailServer.shared().mails(ana.username())).hasSize(5);
    // Who asks for more than is sent gets no further codes to guess: the last that was sent counts.
    assertThat(
            MailServer.shared().mails(ana.username()).stream()
                .map(mail -> ana.confirm(TestPerson.codeIn(MailServer.text(mail))).status())
                .filter(status -> status == 200))
        .hasSize(1);
  }

  @Test
  @DisplayName("sends an account no more codes where they are asked for at once")
  void rateAtOnce() {
    List<TestPerson> passkeys =
        Stream.generate(
                () ->
                    new TestPerson(
                        application,
                        ana.username(),
                        ana.subject(),
                        new SoftwareAuthenticator(application.url())))
            .limit(10)
            .toList();
    passkeys.forEach(TestPerson::register);
    Simultaneously.call(10, i -> passkeys.get(i).signUp().expect(200));
    assertThat(
            SharedServer.database()
                .count("select count(*) from sign_ups where username = '" + ana.username() + "'"))
        .isEqualTo(5);
  }

  @Test
  @DisplayName("takes no code by SMS where none was sent")
  void noPhone() {
    String phone = phone();
    ana.register();
    ana.signUp(ana.username(), phone).expect(200);
    String texted = TestPerson.codeIn(SmsGateway.shared().text(phone));
    SharedServer.database()
        .execute(
            "update sign_ups set texted_to = null where company_id = ? and username = ?",
            UUID.fromString(company.id()),
            ana.username());
    Problems.expect(ana.confirm(texted), 403, "confirmation-refused");
    ana.confirm(ana.mailedCode()).expect(200);
  }

  @Test
  @DisplayName("takes an e-mail address as a name only where it is the one that the code goes to")
  void nameOfSomebodyElse() {
    ana.register();
    assertThat(ana.signUp("attacker@example.com").expect(422).wrongMembers())
        .containsExactly("/username");
    ana.signUp(ana.username().toUpperCase(Locale.ROOT)).expect(200);
  }

  /** Somebody whose name is no e-mail address. */
  private TestPerson plain(String subject) {
    return new TestPerson(
        application,
        ana.username().replace("@", "-at-"),
        subject,
        new SoftwareAuthenticator(application.url()));
  }

  private static String codeTo(String address) {
    return TestPerson.codeIn(MailServer.text(MailServer.shared().mail(address, "Your code")));
  }

  @Test
  @DisplayName("does not tell whether there is a user of the name, and asks the one there is")
  void knownUser() {
    TestPerson known = plain("known");
    known.register();
    known.signUp(ana.username()).expect(200);
    known.confirm(codeTo(ana.username())).expect(200);
    TestPerson impostor = plain("impostor");
    impostor.register();
    String elsewhere = "impostor-" + ana.username();
    assertThat(impostor.signUp(elsewhere).expect(200).text()).isEqualTo("{\"success\":true}");
    MailServer.shared().mail(ana.username(), "sign up");
    assertThat(MailServer.shared().mails(elsewhere)).isEmpty();
    IntStream.range(0, 3)
        .forEach(i -> Problems.expect(impostor.confirm("00000" + i), 403, "confirmation-refused"));
  }

  @Test
  @DisplayName("gives an imported person's passkey to who reads the address that the company knows")
  void importedUser() {
    String address = "imported-" + ana.username();
    TestPerson imported = plain("imported");
    add(imported.username(), address);
    imported.register();
    imported.signUp("somewhere-else@example.com").expect(200);
    imported.confirm(codeTo(address)).expect(200);
    assertThat(imported.user().getString("email")).isEqualTo(address);
    imported.signIn().get("/api/v1/me").expect(200);
  }

  @Test
  @DisplayName("gives nobody the name of somebody whom the company adds before the code comes back")
  void addedMeanwhile() {
    String phone = phone();
    ana.register();
    ana.signUp(ana.username(), phone).expect(200);
    String texted = TestPerson.codeIn(SmsGateway.shared().text(phone));
    add(ana.username(), ana.username());
    Problems.expect(ana.confirm(texted), 403, "confirmation-refused");
    assertThat(ana.user().getJsonArray("accounts")).isEmpty();
    ana.confirm(ana.mailedCode()).expect(200);
    assertThat(ana.user().getBoolean("emailVerified")).isTrue();
  }

  @Test
  @DisplayName("takes no code that went to an address which is not the person's any more")
  void addressChanged() {
    String address = "imported-" + ana.username();
    TestPerson imported = plain("imported");
    String id = add(imported.username(), address);
    imported.register();
    imported.signUp(address).expect(200);
    String code = codeTo(address);
    HttpCalls administrator = company.administrator();
    administrator
        .patch("/api/v1/users/" + id, "{\"email\":\"new-%s\"}".formatted(address))
        .expect(200);
    Problems.expect(imported.confirm(code), 403, "confirmation-refused");
    imported.signUp(address).expect(200);
    imported.confirm(codeTo("new-" + address)).expect(200);
  }

  /** By an administrator; answers the id. */
  private String add(String username, String email) {
    return company
        .administrator()
        .post(
            "/api/v1/companies/" + company.id() + "/users",
            "{\"username\":\"%s\",\"email\":\"%s\",\"first_name\":\"A\",\"last_name\":\"B\"}"
                .formatted(username, email))
        .expect(201)
        .json()
        .getString("id");
  }

  @Test
  @DisplayName("sends another code by SMS, which shows nothing of the e-mail address")
  void codeBySms() {
    String phone = phone();
    ana.register();
    ana.signUp(ana.username(), phone.substring(0, 3) + " (" + phone.substring(3) + ")").expect(200);
    String texted = TestPerson.codeIn(SmsGateway.shared().text(phone));
    String mailed = ana.mailedCode();
    assertThat(texted).as("one in a million is the same").isNotEqualTo(mailed);
    ana.confirm(texted).expect(200);
    assertThat(ana.user().getBoolean("emailVerified")).isFalse();
    Problems.expect(ana.confirm(mailed), 403, "confirmation-refused");
  }

  @Test
  @DisplayName("takes the mailed code where an SMS was sent, too, and the address is verified")
  void codeByMail() {
    ana.register();
    ana.signUp(ana.username(), phone()).expect(200);
    ana.confirm(ana.mailedCode()).expect(200);
    assertThat(ana.user().getBoolean("emailVerified")).isTrue();
  }

  private static String phone() {
    return "+49" + ThreadLocalRandom.current().nextLong(10_000_000_000L, 100_000_000_000L);
  }

  @Test
  @DisplayName("writes to an address ten times an hour, however it is written and who asks")
  void rateOfAddress() {
    String phone = phone();
    for (int i = 0; i < 6; i++) {
      TestPerson person = TestPerson.at(application);
      person.register();
      // The first of an account is always sent.
      person.signUp(person.username(), phone).expect(200);
      person.signUp(person.username(), "+49-" + phone.substring(3)).expect(200);
    }
    TestPerson last = TestPerson.at(application);
    last.register();
    last.signUp().expect(200);
    last.mailedCode();
    Await.until(Duration.ofSeconds(30), () -> SmsGateway.shared().texts(phone).size() >= 11);
    assertThat(SmsGateway.shared().texts(phone)).hasSize(11);
  }

  @Test
  @DisplayName("takes no address that would not fit into a header, and does not fail of one")
  void addressOfSeveralLines() {
    ana.register();
    for (String address :
        List.of(
            "\\\"a\\u0001b\\\"@example.com",
            "\\\"a\\r\\nBcc: x\\\"@example.com",
            "a b@example.com")) {
      assertThat(ana.signUp(address).expect(400).wrongMembers()).containsExactly("/email");
    }
  }

  @Test
  @DisplayName("gives one passkey to a name that two accounts confirm at once")
  void twoAccountsOneName() {
    TestPerson one = plain("one");
    TestPerson other = plain("other");
    one.register();
    one.signUp("one-" + ana.username()).expect(200);
    other.register();
    other.signUp("other-" + ana.username()).expect(200);
    String code = codeTo("one-" + ana.username());
    String others = codeTo("other-" + ana.username());
    List<Answer> answers =
        Simultaneously.call(2, i -> i == 0 ? one.confirm(code) : other.confirm(others));
    assertThat(answers.stream().filter(a -> a.status() == 200)).hasSize(1);
    Answer refused = answers.stream().filter(a -> a.status() != 200).findFirst().orElseThrow();
    assertThat(refused.status()).as(refused.text()).isIn(403, 409);
    assertThat(one.user().getJsonArray("accounts")).hasSize(1);
  }

  @Test
  @DisplayName("gives one passkey to a user whose name two accounts confirm at once")
  void twoAccountsOneUser() {
    add(ana.username(), ana.username());
    TestPerson other =
        new TestPerson(
            application,
            ana.username(),
            "other-" + ana.subject(),
            new SoftwareAuthenticator(application.url()));
    ana.register();
    ana.signUp().expect(200);
    String code = ana.mailedCode();
    other.register();
    other.signUp().expect(200);
    Await.until(
        Duration.ofSeconds(30), () -> MailServer.shared().mails(ana.username()).size() == 2);
    String others = ana.mailedCode();
    List<Answer> answers =
        Simultaneously.call(2, i -> i == 0 ? ana.confirm(code) : other.confirm(others));
    assertThat(answers.stream().filter(a -> a.status() == 200)).hasSize(1);
    assertThat(answers.stream().filter(a -> a.status() == 403)).hasSize(1);
  }

  @Test
  @DisplayName("leaves an account to its owner")
  void ownedAccount() {
    TestPerson owner = TestPerson.signedUp(application);
    TestPerson second =
        new TestPerson(
            application,
            TestPerson.at(application).username(),
            owner.subject(),
            new SoftwareAuthenticator(application.url()));
    second.register();
    second.signUp().expect(200);
    String account =
        "/api/v1/accounts/"
            + owner.user().getJsonArray("accounts").getJsonObject(0).getString("id");
    company.administrator().patch(account, "{\"enabled\":false}").expect(200);
    Problems.expect(second.confirm(second.mailedCode()), 409, "account-owned");
    assertThat(second.user()).isNull();
    assertThat(company.administrator().get(account).json().getBoolean("enabled")).isFalse();
  }

  @Test
  @DisplayName("takes no authenticator that the company does not accept")
  void passkeyRules() {
    String rules = "/api/v1/companies/" + company.id() + "/passkey-rules";
    HttpCalls administrator = company.administrator();
    assertThat(administrator.get(rules).expect(200).json().getBoolean("trustedAttestation"))
        .isFalse();
    String windows = "08987058-cadc-4b81-b6e1-30de50dcbe96";
    administrator
        .put(rules, "{\"trustedAttestation\":false,\"allowedAaguids\":[\"%s\"]}".formatted(windows))
        .expect(200);
    JsonObject other = ana.start().expect(200).json();
    Problems.expect(
        ana.finish(other, ana.authenticator().create(other.getJsonObject("publicKey"))),
        403,
        "authenticator-not-allowed");
    String zeros = "00000000-0000-0000-0000-000000000000";
    administrator
        .put(rules, "{\"trustedAttestation\":true,\"allowedAaguids\":[\"%s\"]}".formatted(zeros))
        .expect(200);
    JsonObject untrusted = ana.start().expect(200).json();
    assertThat(untrusted.getJsonObject("publicKey").getString("attestation")).isEqualTo("direct");
    Problems.expect(
        ana.finish(untrusted, ana.authenticator().create(untrusted.getJsonObject("publicKey"))),
        403,
        "attestation-refused");
    administrator
        .put(rules, "{\"trustedAttestation\":false,\"allowedAaguids\":[\"%s\"]}".formatted(zeros))
        .expect(200);
    ana.register();
    assertThat(administrator.put(rules, "{\"allowedAaguids\":[1]}").expect(400).wrongMembers())
        .contains("/allowedAaguids/0");
    Problems.expect(administrator.anonymous().get(rules), 401, "credential-missing");
  }

  @Test
  @DisplayName("is open to the pages that /.well-known/webauthn lists: ours, and validated ones")
  void relatedOrigins() {
    String unvalidated = "https://app-" + UUID.randomUUID() + ".example.com";
    addApplication(unvalidated);
    String others = TestCompany.create().application().url();
    Answer answer = SharedServer.anonymous().get("/.well-known/webauthn").expect(200);
    assertThat(answer.contentType()).startsWith("application/json");
    List<String> origins =
        answer.json().getJsonArray("origins").stream()
            .map(origin -> origin.toString().replace("\"", ""))
            .toList();
    assertThat(origins)
        .startsWith(SharedServer.get().url().toString())
        .contains(application.url(), others)
        .doesNotContain(unvalidated)
        .doesNotHaveDuplicates();
  }
}
