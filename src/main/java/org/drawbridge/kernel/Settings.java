package org.drawbridge.kernel;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * The start-up settings, read once from MicroProfile Config and checked as a whole. Each is named
 * as its environment variable; a system property of that name, or of its lower-case dotted form
 * ({@code drawbridge.db.url}), works too.
 *
 * <p>Reading throws {@link BadSetting} for the first setting that cannot be used.
 */
public final class Settings {

  /** At the end of an authority (RFC 3986 section 3.2.3). */
  private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}$");

  private static volatile @Nullable Settings current;

  private final Path dataDir;
  private final @Nullable String databaseUrl;
  private final @Nullable String databaseUser;
  private final @Nullable String databasePassword;
  private final @Nullable String masterKey;
  private final @Nullable String bootstrapToken;
  private final URI publicUrl;
  private final Set<String> audiences;
  private final Duration checkTokenLifetime;
  private final Duration enablementTokenLifetime;
  private final Duration checkTimeBudget;
  private final Optional<Path> fidoMetadata;
  private final Optional<URI> dnsServer;
  private final Optional<URI> smtpUrl;
  private final Optional<URI> smsUrl;
  private final String mailFrom;
  private final Set<String> privateHosts;

  private Settings(SettingSource source) {
    // The server listens there; here it is only the default of the public URL.
    int port = source.port("HTTP_PORT", 8080);
    dataDir =
        source.folder(
            "DRAWBRIDGE_DATA_DIR", Path.of(System.getProperty("user.home"), ".drawbridge"));
    databaseUrl = databaseUrl(source);
    databaseUser = source.text("DRAWBRIDGE_DB_USER");
    databasePassword = source.text("DRAWBRIDGE_DB_PASSWORD");
    masterKey = masterKey(source);
    bootstrapToken = bootstrapToken(source);
    publicUrl = source.origin("DRAWBRIDGE_PUBLIC_URL", "http://localhost:" + port);
    audiences = audiences(source, publicUrl);
    checkTokenLifetime =
        source.duration("DRAWBRIDGE_CHECK_TOKEN_LIFETIME", Duration.ofHours(1), Duration.ofDays(1));
    enablementTokenLifetime =
        source.duration(
            "DRAWBRIDGE_ENABLEMENT_TOKEN_LIFETIME", Duration.ofDays(366), Duration.ofDays(3660));
    checkTimeBudget =
        source.duration(
            "DRAWBRIDGE_CHECK_TIME_BUDGET", Duration.ofSeconds(2), Duration.ofSeconds(30));
    fidoMetadata = source.file("DRAWBRIDGE_FIDO_METADATA");
    dnsServer = dnsServer(source);
    smtpUrl =
        source.gateway(
            "DRAWBRIDGE_SMTP_URL",
            "smtps?",
            uri -> uri.getRawPath().matches("/?") && uri.getRawQuery() == null,
            "smtps://user:password@mail.example.com");
    smsUrl =
        source.gateway("DRAWBRIDGE_SMS_URL", "https?", uri -> true, "https://sms.example.com/send");
    mailFrom = mailFrom(source, publicUrl);
    privateHosts = source.hosts("DRAWBRIDGE_PRIVATE_HOSTS", "siem.internal,10.0.0.7");
  }

  /** The settings of this process; the same object at every call once they could be read. */
  public static Settings current() {
    Settings settings = current;
    if (settings == null) {
      settings = of(ConfigProvider.getConfig());
      current = settings;
    }
    return settings;
  }

  /** Reads from a given source; for tests. */
  static Settings of(Config config) {
    return new Settings(
        new SettingSource(name -> config.getOptionalValue(name, String.class).orElse(null)));
  }

  /**
   * Checks values before there is a server to hold a configuration: {@code
   * server-config/payara-micro/Start.java} calls this, so that a bad setting ends the start at
   * once.
   *
   * @param values answers null for a name that is not set
   * @throws BadSetting for the first that cannot be used
   */
  public static void check(UnaryOperator<@Nullable String> values) {
    new Settings(new SettingSource(values));
  }

  /** Folder of the embedded database and of generated secrets. */
  public Path dataDir() {
    return dataDir;
  }

  /** Where the database is, without what a URL may carry besides: a password, for example. */
  public String databasePlace() {
    return databaseUrl == null
        ? "embedded H2 in " + dataDir
        : databaseUrl.replaceFirst("[?;].*", "");
  }

  /** A JDBC URL; absent means the embedded H2 file database in the data folder. */
  public Optional<String> databaseUrl() {
    return Optional.ofNullable(databaseUrl);
  }

  public @Nullable String databaseUser() {
    return databaseUser;
  }

  public @Nullable String databasePassword() {
    return databasePassword;
  }

  /** Base64 master keys, comma-separated, the one in use first; see {@link Vault}. */
  Optional<String> masterKey() {
    return Optional.ofNullable(masterKey);
  }

  /** The platform administrator's bearer token, where the operator chose it. */
  public Optional<String> bootstrapToken() {
    return Optional.ofNullable(bootstrapToken);
  }

  /** Origin for links, without a trailing slash. */
  public URI publicUrl() {
    return publicUrl;
  }

  /** What {@code aud} may hold, as {@link #audience} writes it. */
  public Set<String> audiences() {
    return audiences;
  }

  /** How far ahead {@code exp} of a token for a check may lie. */
  public Duration checkTokenLifetime() {
    return checkTokenLifetime;
  }

  /** How far ahead {@code exp} of a token for the enablement calls may lie. */
  public Duration enablementTokenLifetime() {
    return enablementTokenLifetime;
  }

  /** Within this time a check is recorded and answered, or answered 503. */
  public Duration checkTimeBudget() {
    return checkTimeBudget;
  }

  /** A file with FIDO metadata, which says what attestations are trusted; absent for none. */
  public Optional<Path> fidoMetadata() {
    return fidoMetadata;
  }

  /** A {@code dns://host:port} to ask instead of the system's resolvers. */
  public Optional<URI> dnsServer() {
    return dnsServer;
  }

  /**
   * The SMTP server: {@code smtp} or {@code smtps}, a host, perhaps a port and {@code
   * user:password}, each percent-encoded; absent where mail stays in the outbox.
   */
  public Optional<URI> smtpUrl() {
    return smtpUrl;
  }

  /**
   * The SMS gateway: {@code http} or {@code https}, perhaps with {@code user:password}; absent
   * where SMS stay in the outbox.
   */
  public Optional<URI> smsUrl() {
    return smsUrl;
  }

  /** The address that mail comes from. */
  public String mailFrom() {
    return mailFrom;
  }

  /**
   * Hosts that calls of ours may go to (webhooks, key sets, proofs of a domain) although they are
   * not on the public Internet; lower case.
   */
  public Set<String> privateHosts() {
    return privateHosts;
  }

  /** An audience as it is compared: lower case, without scheme, port and trailing slash. */
  public static String audience(String written) {
    String rest = written.trim().toLowerCase(Locale.ROOT);
    int scheme = rest.indexOf("://");
    if (scheme >= 0) {
      rest = rest.substring(scheme + 3);
    }
    if (rest.endsWith("/")) {
      rest = rest.substring(0, rest.length() - 1);
    }
    return PORT.matcher(rest).replaceFirst("");
  }

  private static @Nullable String databaseUrl(SettingSource source) {
    String url = source.text("DRAWBRIDGE_DB_URL");
    if (url != null && !url.startsWith("jdbc:postgresql:") && !url.startsWith("jdbc:h2:")) {
      throw new BadSetting(
          "DRAWBRIDGE_DB_URL",
          "must begin with jdbc:postgresql: (or jdbc:h2: for the embedded run)");
    }
    return url;
  }

  private static @Nullable String masterKey(SettingSource source) {
    String keys = source.text("DRAWBRIDGE_MASTER_KEY");
    if (keys != null) {
      Arrays.stream(keys.split(",", -1)).map(String::trim).forEach(Vault::decoded);
    }
    return keys;
  }

  private static @Nullable String bootstrapToken(SettingSource source) {
    String token = source.text("DRAWBRIDGE_BOOTSTRAP_TOKEN");
    if (token != null && !token.matches("[A-Za-z0-9._~+/=-]{16,512}")) {
      throw new BadSetting(
          "DRAWBRIDGE_BOOTSTRAP_TOKEN",
          "must be 16 to 512 characters out of A-Z a-z 0-9 . _ ~ + / = -");
    }
    return token;
  }

  private static Set<String> audiences(SettingSource source, URI publicUrl) {
    String given = source.text("DRAWBRIDGE_AUDIENCES", publicUrl.getHost());
    Set<String> audiences =
        Arrays.stream(given.split(","))
            .map(Settings::audience)
            .filter(a -> !a.isEmpty())
            .collect(Collectors.toUnmodifiableSet());
    if (audiences.isEmpty()) {
      throw new BadSetting("DRAWBRIDGE_AUDIENCES", "must name at least one host");
    }
    return audiences;
  }

  private static Optional<URI> dnsServer(SettingSource source) {
    String given = source.text("DRAWBRIDGE_DNS_SERVER");
    if (given == null) {
      return Optional.empty();
    }
    try {
      URI uri = new URI(given);
      SettingSource.requirePort("DRAWBRIDGE_DNS_SERVER", uri);
      if ("dns".equals(uri.getScheme()) && uri.getHost() != null) {
        return Optional.of(uri);
      }
    } catch (URISyntaxException e) {
      // told below
    }
    throw new BadSetting("DRAWBRIDGE_DNS_SERVER", "must look like dns://192.0.2.53:53");
  }

  private static String mailFrom(SettingSource source, URI publicUrl) {
    String from = source.text("DRAWBRIDGE_MAIL_FROM", "drawbridge@" + publicUrl.getHost());
    if (!from.matches("[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9.\\[\\]:-]{1,255}")) {
      throw new BadSetting(
          "DRAWBRIDGE_MAIL_FROM", "must be an address such as no-reply@example.com");
    }
    return from;
  }
}
