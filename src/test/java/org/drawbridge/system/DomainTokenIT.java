package org.drawbridge.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.testing.TestJson.JSON;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.drawbridge.testing.DomainToken;
import org.drawbridge.testing.HttpCalls;
import org.drawbridge.testing.HttpCalls.Answer;
import org.drawbridge.testing.Problems;
import org.drawbridge.testing.SharedServer;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestCompany;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A domain token")
@TestInstance(Lifecycle.PER_CLASS)
class DomainTokenIT {

  private static final String HEADER = "x-nl3-authorization-token";
  private static final String CHECK = "/v1/AccountProtectionCheck";
  private static final String ENABLE = "/nl3/api/v1/sdk/enableUser";
  private static final String HS256 = "{\"typ\":\"JWT\",\"alg\":\"HS256\"}";

  private final TestCompany company = TestCompany.create();
  private final TestApplication application = company.application();
  private final TestApplication other = company.application();
  private final String host = application.url().replace("https://", "");

  @ParameterizedTest(name = "{0}")
  @DisplayName("is accepted")
  @MethodSource
  void accepted(String what, Function<DomainToken, DomainToken> change) {
    Answer answer = application.check(change.apply(application.token("ana")));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  Stream<Arguments> accepted() {
    long now = Instant.now().getEpochSecond();
    return Stream.of(
        accept("whose iss is the domain URL", t -> t),
        accept("whose iss has a trailing slash", t -> t.claim("iss", application.url() + "/")),
        accept("whose iss is the bare host", t -> t.claim("iss", host)),
        accept(
            "whose iss is the host in capitals",
            t -> t.claim("iss", host.toUpperCase(Locale.ROOT))),
        accept(
            "whose iss is the URL with the host in capitals",
            t -> t.claim("iss", "https://" + host.toUpperCase(Locale.ROOT))),
        accept("whose aud is a bare host", t -> t.claim("aud", "api.drawbridge.test")),
        accept("whose aud is a URL", t -> t.claim("aud", "https://api.drawbridge.test")),
        accept(
            "whose aud is a URL with port and slash",
            t -> t.claim("aud", "https://api.drawbridge.test:8443/")),
        accept("whose aud is a host with port", t -> t.claim("aud", "localhost:8080")),
        accept("whose aud is in capitals", t -> t.claim("aud", "API.Drawbridge.Test")),
        accept(
            "one of whose audiences is ours",
            t -> t.claim("aud", JSON.createArrayBuilder().add("x.test").add("localhost").build())),
        accept("that expired within the leeway", t -> t.claim("exp", now - 40)),
        accept("that expires in an hour", t -> t.claim("exp", now + 3600)),
        accept(
            "with fractional times", t -> t.claim("exp", now + 300.123456).claim("iat", now + .5)),
        accept("valid since earlier", t -> t.claim("nbf", now - 5).claim("iat", now - 5)),
        accept(
            "valid from within the leeway", t -> t.claim("nbf", now + 40).claim("iat", now + 40)),
        accept("whose sub has 255 characters", t -> t.claim("sub", "u".repeat(255))),
        accept("without a jti", t -> t.without("jti")),
        accept("without a typ", t -> t.header("{\"alg\":\"HS256\"}")),
        accept(
            "with a kid, which means nothing", t -> t.header("{\"alg\":\"HS256\",\"kid\":\"x\"}")),
        accept("with further claims", t -> t.claim("scope", "x").claim("n", JsonValue.NULL)));
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("is refused with 401 and without a word about the reason")
  @MethodSource
  void refused(String what, Function<DomainToken, String> made) {
    String compact = made.apply(application.token("ana"));
    Answer answer = SharedServer.anonymous().with(HEADER, compact).post(CHECK, "{}");
    Problems.expect(answer, 401, "credential-refused");
    assertThat(answer.header("WWW-Authenticate")).startsWith("DomainToken ");
    assertThat(Problems.withoutInstance(answer)).isEqualTo(Problems.withoutInstance(garbage()));
  }

  Stream<Arguments> refused() {
    long now = Instant.now().getEpochSecond();
    return Stream.of(
        refuse("alg none, unsigned", t -> encoded("{\"alg\":\"none\"}", t.claims()) + "."),
        refuseChanged("alg none, signed", t -> t.header("{\"alg\":\"none\"}")),
        refuseChanged("alg in small letters", t -> t.header("{\"alg\":\"hs256\"}")),
        refuseChanged("no alg", t -> t.header("{\"typ\":\"JWT\"}")),
        refuse("HS384 with our key", t -> hmac("HS384", "HmacSHA384", t)),
        refuse("HS512 with our key", t -> hmac("HS512", "HmacSHA512", t)),
        refuse("RS256", DomainTokenIT::rsa),
        refuseChanged("crit", t -> t.header("{\"alg\":\"HS256\",\"crit\":[\"exp\"]}")),
        refuseChanged("cty JWT", t -> t.header("{\"alg\":\"HS256\",\"cty\":\"JWT\"}")),
        refuse("a JWT inside", t -> signed("{\"alg\":\"HS256\",\"cty\":\"JWT\"}", t.compact())),
        refuse("two parts", t -> encoded(HS256, t.claims())),
        refuse("an empty signature", t -> encoded(HS256, t.claims()) + "."),
        refuse("five parts", t -> t.compact() + ".YWJj.YWJj"),
        refuse("four parts", t -> t.compact() + "."),
        refuse("JSON serialization", DomainTokenIT::jsonSerialized),
        refuseChanged(
            "a header over 8 KiB",
            t -> t.header("{\"alg\":\"HS256\",\"x\":\"" + "x".repeat(8192) + "\"}")),
        refuseChanged("a payload over 8 KiB", t -> t.claim("x", "x".repeat(8192))),
        refuse("padding on the signature", t -> t.compact() + "="),
        refuse("padding on the header", t -> signedParts(part(HS256) + "=", part(t.claims()))),
        refuse(
            "a stray character in the payload",
            t -> signedParts(part(HS256), "!" + part(t.claims()))),
        refuse("a space in the payload", t -> signedParts(part(HS256), part(t.claims()) + " ")),
        refuse("base64 instead of base64url", t -> signedParts(part(HS256), base64(t))),
        refuse("stray bits in the signature", t -> strayBits(t.compact())),
        refuse("a changed payload", DomainTokenIT::changedPayload),
        refuse("duplicate claims", t -> signed(HS256, twice(t.claims(), "\"sub\":\"ben\""))),
        refuse("a duplicate exp", t -> signed(HS256, twice(t.claims(), "\"exp\":" + (now + 9)))),
        refuseChanged("a duplicate alg", t -> t.header("{\"alg\":\"HS256\",\"alg\":\"HS256\"}")),
        refuse("text after the payload", t -> signed(HS256, t.claims() + "{}")),
        refuse("a payload that is an array", t -> signed(HS256, "[" + t.claims() + "]")),
        refuse("a payload that is no JSON", t -> signed(HS256, "sub=ana")),
        refuse("a payload nested deep", t -> signed(HS256, nested(t.claims(), 3000))),
        refuse("a number of thousands of digits", t -> signed(HS256, longExp(t.claims()))),
        refuse("another application's key", t -> sign(t, other.key())),
        refuse("the key's text instead of its bytes", t -> signText(t)),
        refuseChanged("no iss", t -> t.without("iss")),
        refuseChanged("an empty iss", t -> t.claim("iss", "")),
        refuseChanged("a foreign iss", t -> t.claim("iss", "https://elsewhere.example.com")),
        refuseChanged("a foreign bare iss", t -> t.claim("iss", "elsewhere.example.com")),
        refuseChanged("the iss of another application", t -> t.claim("iss", other.url())),
        refuseChanged("another scheme", t -> t.claim("iss", "http://" + host)),
        refuseChanged("another port", t -> t.claim("iss", application.url() + ":8443")),
        refuseChanged("a path in iss", t -> t.claim("iss", application.url() + "/x")),
        refuseChanged("a query in iss", t -> t.claim("iss", application.url() + "?x")),
        refuseChanged("a number as iss", t -> t.claim("iss", 1)),
        refuseChanged("a parent domain as iss", t -> t.claim("iss", "example.com")),
        refuseChanged("no aud", t -> t.without("aud")),
        refuseChanged("a foreign aud", t -> t.claim("aud", "https://elsewhere.example.com")),
        refuseChanged(
            "an aud that only begins as ours", t -> t.claim("aud", "localhost.evil.test")),
        refuseChanged("an aud that only ends as ours", t -> t.claim("aud", "notlocalhost")),
        refuseChanged("an empty aud", t -> t.claim("aud", "")),
        refuseChanged("an empty list as aud", t -> t.claim("aud", JsonValue.EMPTY_JSON_ARRAY)),
        refuseChanged("a number as aud", t -> t.claim("aud", 1)),
        refuseChanged("no sub", t -> t.without("sub")),
        refuseChanged("an empty sub", t -> t.claim("sub", "")),
        refuseChanged("a sub of 256 characters", t -> t.claim("sub", "u".repeat(256))),
        refuseChanged("a number as sub", t -> t.claim("sub", 7)),
        refuseChanged("a NUL in sub", t -> t.claim("sub", "an\u0000a")),
        refuseChanged("no exp", t -> t.without("exp")),
        refuseChanged("an exp over the leeway ago", t -> t.claim("exp", now - 61)),
        refuseChanged("an exp long ago", t -> t.claim("exp", 1)),
        refuseChanged("an exp more than an hour ahead", t -> t.claim("exp", now + 3600 + 120)),
        refuseChanged("a text as exp", t -> t.claim("exp", "" + (now + 60))),
        refuseChanged("null as exp", t -> t.claim("exp", JsonValue.NULL)),
        refuseChanged("an absurd exp", t -> t.claim("exp", number("1e999999999"))),
        refuseChanged("an absurdly fine exp", t -> t.claim("exp", number("1e-999999999"))),
        refuseChanged("an nbf beyond the leeway", t -> t.claim("nbf", now + 120)),
        refuseChanged("an iat beyond the leeway", t -> t.claim("iat", now + 120)),
        refuseChanged("a text as nbf", t -> t.claim("nbf", "" + now)),
        refuseChanged("a text as iat", t -> t.claim("iat", "" + now)),
        refuseChanged("a number as jti", t -> t.claim("jti", 7)));
  }

  @Test
  @DisplayName("names the account by its sub, compared exactly")
  void exactSubject() {
    String subject = "Ana-" + UUID.randomUUID();
    application.lock(application.account(subject));
    assertThat(application.isLocked(subject)).isTrue();
    for (String near :
        List.of(
            subject.toLowerCase(Locale.ROOT), subject + " ", " " + subject, subject + "\u200b")) {
      assertThat(application.check(near).expect(200).json().getString("status"))
          .isEqualTo("NOT_PROTECTED");
    }
  }

  @ParameterizedTest
  @DisplayName("may name accounts of every kind")
  @ValueSource(
      strings = {"ana@example.com", "auth0|5f7c8ec7c33c6c004bbafe82", "DOM\\ana", "안나 👩‍🚀"})
  void kindsOfSubjects(String subject) {
    application.lock(application.account(subject.replace("\\", "\\\\")));
    assertThat(application.isLocked(subject)).isTrue();
  }

  @Test
  @DisplayName(
      "is good with every valid key of its application, and refused as soon as its key is revoked")
  void rotation() {
    TestApplication rotated = company.application();
    HttpCalls calls = company.administrator();
    String keys = "/api/v1/applications/" + rotated.id() + "/signing-keys";
    String first = calls.get(keys).expect(200).jsonArray().getJsonObject(0).getString("id");
    String second = calls.post(keys).expect(201).json().getString("key");
    assertThat(statusOf(rotated, rotated.key())).isEqualTo(200);
    assertThat(statusOf(rotated, second)).isEqualTo(200);
    calls.delete(keys + "/" + first).expect(204);
    assertThat(statusOf(rotated, rotated.key())).isEqualTo(401);
    assertThat(statusOf(rotated, second)).isEqualTo(200);
  }

  @Test
  @DisplayName("of one of two companies at the same domain URL reaches that company alone")
  void sameDomainTwice() {
    TestApplication mine = company.application();
    TestApplication theirs = TestCompany.create().application(mine.url(), "");
    mine.lock(mine.account("ana"));
    theirs.account("ana");
    assertThat(mine.isLocked("ana")).isTrue();
    assertThat(theirs.isLocked("ana")).isFalse();
  }

  @Test
  @DisplayName("for an application that is not validated is refused")
  void notValidated() {
    String url = "https://new-" + UUID.randomUUID() + ".example.com";
    company
        .administrator()
        .post(
            "/api/v1/companies/" + company.id() + "/applications",
            "{\"name\":\"New\",\"url\":\"" + url + "\"}")
        .expect(201);
    Problems.expect(
        application.check(application.token("ana").claim("iss", url)), 401, "credential-refused");
  }

  @ParameterizedTest
  @DisplayName("is required: without one, the problem's type says so and nothing else differs")
  @ValueSource(
      strings = {
        CHECK,
        "/nl3/api/v1/accountProtectionCheck",
        "/nl3/api/v1/sdk/accountLockCheck",
        ENABLE
      })
  void missing(String path) {
    Answer missing = SharedServer.anonymous().post(path, "{\"userAccountId\":\"ana\"}");
    Problems.expect(missing, 401, "credential-missing");
    Problems.expect(
        SharedServer.anonymous().with(HEADER, " ").post(path, "{}"), 401, "credential-missing");
    Answer refused =
        SharedServer.anonymous()
            .with(HEADER, sign(application.token("ana"), other.key()))
            .post(path, "{\"userAccountId\":\"ana\"}");
    Problems.expect(refused, 401, "credential-refused");
    assertThat(missing.header("WWW-Authenticate"))
        .isNotBlank()
        .isEqualTo(refused.header("WWW-Authenticate"));
    assertThat(withoutType(missing)).isEqualTo(withoutType(refused));
  }

  @Test
  @DisplayName("for enablement may lie up to 366 days ahead, for a check an hour")
  void lifetimes() {
    long now = Instant.now().getEpochSecond();
    DomainToken year =
        application.token("year").claim("exp", now + Duration.ofDays(366).toSeconds());
    assertThat(application.check(year).status()).isEqualTo(401);
    application
        .calls(year)
        .post("/nl3/api/v1/sdk/accountLockCheck", "{\"userAccountId\":\"year\"}")
        .expect(401);
    application.calls(year).post(ENABLE).expect(201);
    DomainToken longer =
        application.token("longer").claim("exp", now + Duration.ofDays(367).toSeconds());
    Problems.expect(application.calls(longer).post(ENABLE), 401, "credential-refused");
  }

  @Test
  @DisplayName("is not shown in any answer nor in the log, and neither is a key")
  void secret() {
    String good = application.token("ana").compact();
    String bad = sign(application.token("ana"), other.key());
    Answer refused = SharedServer.anonymous().with(HEADER, bad).post(CHECK, "{}").expect(401);
    Answer malformed = SharedServer.anonymous().with(HEADER, good).post(CHECK, "{").expect(400);
    Answer taken = SharedServer.anonymous().with(HEADER, good).post(CHECK, "{}").expect(200);
    Answer keys =
        company
            .administrator()
            .get("/api/v1/applications/" + application.id() + "/signing-keys")
            .expect(200);
    String log = SharedServer.get().log();
    assertThat(log)
        .contains(refused.header("X-Correlation-Id"))
        .contains(malformed.header("X-Correlation-Id"));
    String told =
        String.join(
            " ",
            log,
            SharedServer.get().output(),
            refused.text(),
            malformed.text(),
            taken.text(),
            keys.text());
    for (String compact : List.of(good, bad)) {
      for (String part : compact.substring(compact.indexOf('.') + 1).split("\\.")) {
        assertThat(told.contains(part)).as("a part of a token is shown").isFalse();
      }
    }
    for (String key : List.of(application.key(), other.key())) {
      assertThat(told.contains(key.replaceAll("=+$", ""))).as("a key is shown").isFalse();
    }
  }

  private Answer garbage() {
    return SharedServer.anonymous().with(HEADER, "garbage").post(CHECK, "{}");
  }

  private static JsonValue withoutType(Answer answer) {
    return JSON.createObjectBuilder(Problems.withoutInstance(answer)).remove("type").build();
  }

  private static Arguments accept(String what, Function<DomainToken, DomainToken> change) {
    return arguments(what, change);
  }

  private static Arguments refuse(String what, Function<DomainToken, String> made) {
    return arguments(what, made);
  }

  private static Arguments refuseChanged(String what, Function<DomainToken, DomainToken> change) {
    Function<DomainToken, String> made = token -> change.apply(token).compact();
    return arguments(what, made);
  }

  private int statusOf(TestApplication signer, String key) {
    return SharedServer.anonymous()
        .with(HEADER, sign(signer.token("ana"), key))
        .post(CHECK, "{}")
        .status();
  }

  private static String sign(DomainToken token, String key) {
    return DomainToken.sign(HS256, token.claims(), Base64.getDecoder().decode(key));
  }

  private String signText(DomainToken token) {
    return DomainToken.sign(HS256, token.claims(), application.key().getBytes(UTF_8));
  }

  private String signed(String header, String payload) {
    return DomainToken.sign(header, payload, Base64.getDecoder().decode(application.key()));
  }

  /** Signs the two parts as they are, canonical or not. */
  private String signedParts(String header, String payload) {
    return mac("HmacSHA256", header + "." + payload);
  }

  private String hmac(String alg, String algorithm, DomainToken token) {
    return mac(algorithm, encoded("{\"alg\":\"" + alg + "\"}", token.claims()));
  }

  private String mac(String algorithm, String input) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(Base64.getDecoder().decode(application.key()), algorithm));
      return input + "." + encoder().encodeToString(mac.doFinal(input.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String rsa(DomainToken token) {
    try {
      Signature rsa = Signature.getInstance("SHA256withRSA");
      rsa.initSign(KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate());
      String input = encoded("{\"alg\":\"RS256\"}", token.claims());
      rsa.update(input.getBytes(UTF_8));
      return input + "." + encoder().encodeToString(rsa.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String jsonSerialized(DomainToken token) {
    String[] parts = token.compact().split("\\.");
    return "{\"protected\":\"%s\",\"payload\":\"%s\",\"signature\":\"%s\"}"
        .formatted((Object[]) parts);
  }

  /** With {@code ?}s in a claim, so that base64 and base64url differ. */
  private static String base64(DomainToken token) {
    String claims = token.claim("x", "??>>??>>").claims();
    String encoded = Base64.getEncoder().withoutPadding().encodeToString(claims.getBytes(UTF_8));
    return encoded.matches(".*[+/].*") ? encoded : encoded + "+";
  }

  /** The last of the 43 characters of a signature carries 4 bits and 2 that must be 0. */
  private static String strayBits(String compact) {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    int last = alphabet.indexOf(compact.charAt(compact.length() - 1));
    return compact.substring(0, compact.length() - 1) + alphabet.charAt(last | 1);
  }

  private static String changedPayload(DomainToken token) {
    String[] parts = token.compact().split("\\.");
    return parts[0] + "." + part(token.claim("sub", "ben").claims()) + "." + parts[2];
  }

  private static String twice(String claims, String member) {
    return claims.replaceFirst("\\{", "{" + member + ",");
  }

  private static String nested(String claims, int depth) {
    return twice(claims, "\"x\":" + "[".repeat(depth) + "]".repeat(depth));
  }

  private static String longExp(String claims) {
    return claims.replaceFirst("\"exp\":[0-9]+", "\"exp\":" + "1".repeat(4000));
  }

  private static JsonValue number(String number) {
    return JSON.createValue(new BigDecimal(number));
  }

  private static String encoded(String header, String payload) {
    return part(header) + "." + part(payload);
  }

  private static String part(String text) {
    return encoder().encodeToString(text.getBytes(UTF_8));
  }

  private static Base64.Encoder encoder() {
    return Base64.getUrlEncoder().withoutPadding();
  }
}
