package org.drawbridge.kernel;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
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

  private Settings(Source source) {
    requirePort(source);
    dataDir = dataDir(source);
    databaseUrl = databaseUrl(source);
    databaseUser = source.text("DRAWBRIDGE_DB_USER");
    databasePassword = source.text("DRAWBRIDGE_DB_PASSWORD");
    masterKey = masterKey(source);
    bootstrapToken = bootstrapToken(source);
    publicUrl = publicUrl(source);
    audiences = audiences(source, publicUrl);
    checkTokenLifetime =
        source.duration("DRAWBRIDGE_CHECK_TOKEN_LIFETIME", Duration.ofHours(1), Duration.ofDays(1));
    enablementTokenLifetime =
        source.duration(
            "DRAWBRIDGE_ENABLEMENT_TOKEN_LIFETIME", Duration.ofDays(366), Duration.ofDays(3660));
    checkTimeBudget =
        source.duration(
            "DRAWBRIDGE_CHECK_TIME_BUDGET", Duration.ofSeconds(2), Duration.ofSeconds(30));
    fidoMetadata = fidoMetadata(source);
    dnsServer = dnsServer(source);
    smtpUrl = smtpUrl(source);
    smsUrl = smsUrl(source);
    mailFrom = mailFrom(source, publicUrl);
    privateHosts = privateHosts(source);
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
        new Source(name -> config.getOptionalValue(name, String.class).orElse(null)));
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
    new Settings(new Source(values));
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

  /** Hosts that webhooks may lead to although they are not on the public Internet; lower case. */
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
    return rest.replaceFirst(":[0-9]{1,5}$", "");
  }

  /** The server listens there; here it is only the default of the public URL. */
  private static void requirePort(Source source) {
    String port = source.text("HTTP_PORT", "8080");
    if (!port.matches("[0-9]{1,5}")
        || Integer.parseInt(port) == 0
        || Integer.parseInt(port) > 65535) {
      throw new BadSetting("HTTP_PORT", "must be a whole number from 1 to 65535");
    }
  }

  private static Path dataDir(Source source) {
    String name = "DRAWBRIDGE_DATA_DIR";
    String given = source.text(name);
    try {
      Path dir =
          given == null ? Path.of(System.getProperty("user.home"), ".drawbridge") : Path.of(given);
      Files.createDirectories(dir);
      if (!Files.isWritable(dir)) {
        throw new BadSetting(name, "the folder " + dir + " cannot be written");
      }
      return dir.toAbsolutePath().normalize();
    } catch (IOException | InvalidPathException e) {
      throw new BadSetting(name, "the folder cannot be made: " + e.getMessage());
    }
  }

  private static @Nullable String databaseUrl(Source source) {
    String url = source.text("DRAWBRIDGE_DB_URL");
    if (url != null && !url.startsWith("jdbc:postgresql:") && !url.startsWith("jdbc:h2:")) {
      throw new BadSetting(
          "DRAWBRIDGE_DB_URL",
          "must begin with jdbc:postgresql: (or jdbc:h2: for the embedded run)");
    }
    return url;
  }

  private static @Nullable String masterKey(Source source) {
    String keys = source.text("DRAWBRIDGE_MASTER_KEY");
    if (keys != null) {
      Arrays.stream(keys.split(",", -1)).map(String::trim).forEach(Vault::decoded);
    }
    return keys;
  }

  private static @Nullable String bootstrapToken(Source source) {
    String token = source.text("DRAWBRIDGE_BOOTSTRAP_TOKEN");
    if (token != null && !token.matches("[A-Za-z0-9._~+/=-]{16,512}")) {
      throw new BadSetting(
          "DRAWBRIDGE_BOOTSTRAP_TOKEN",
          "must be 16 to 512 characters out of A-Z a-z 0-9 . _ ~ + / = -");
    }
    return token;
  }

  private static URI publicUrl(Source source) {
    String name = "DRAWBRIDGE_PUBLIC_URL";
    String given = source.text(name);
    String url = given == null ? "http://localhost:" + port(source) : given;
    try {
      URI uri = new URI(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
      boolean http = "http".equalsIgnoreCase(uri.getScheme());
      if ((!http && !"https".equalsIgnoreCase(uri.getScheme()))
          || uri.getHost() == null
          || !uri.getRawPath().isEmpty()
          || uri.getRawQuery() != null
          || uri.getRawFragment() != null
          || uri.getRawUserInfo() != null) {
        throw new BadSetting(name, "must be an origin such as https://login.example.com");
      }
      // As browsers write an origin (RFC 6454 section 6.2): passkeys are bound to it.
      int usual = http ? 80 : 443;
      return new URI(
          uri.getScheme().toLowerCase(Locale.ROOT)
              + "://"
              + uri.getHost().toLowerCase(Locale.ROOT)
              + (uri.getPort() < 0 || uri.getPort() == usual ? "" : ":" + uri.getPort()));
    } catch (URISyntaxException e) {
      throw new BadSetting(name, "must be an origin such as https://login.example.com");
    }
  }

  private static int port(Source source) {
    String port = source.text("HTTP_PORT", "8080");
    // What the launcher takes, too.
    if (port.matches("[0-9]{1,5}")) {
      int number = Integer.parseInt(port);
      if (number >= 1 && number <= 65535) {
        return number;
      }
    }
    throw new BadSetting("HTTP_PORT", "must be a whole number from 1 to 65535");
  }

  private static Set<String> audiences(Source source, URI publicUrl) {
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

  private static Optional<Path> fidoMetadata(Source source) {
    String given = source.text("DRAWBRIDGE_FIDO_METADATA");
    if (given == null) {
      return Optional.empty();
    }
    try {
      Path file = Path.of(given);
      if (Files.isRegularFile(file) && Files.isReadable(file)) {
        return Optional.of(file);
      }
    } catch (InvalidPathException e) {
      // told below
    }
    throw new BadSetting("DRAWBRIDGE_FIDO_METADATA", "there is no file " + given + " to read");
  }

  private static Optional<URI> dnsServer(Source source) {
    String given = source.text("DRAWBRIDGE_DNS_SERVER");
    if (given == null) {
      return Optional.empty();
    }
    try {
      URI uri = new URI(given);
      if ("dns".equals(uri.getScheme()) && uri.getHost() != null) {
        return Optional.of(uri);
      }
    } catch (URISyntaxException e) {
      // told below
    }
    throw new BadSetting("DRAWBRIDGE_DNS_SERVER", "must look like dns://192.0.2.53:53");
  }

  private static Optional<URI> smtpUrl(Source source) {
    Predicate<URI> isBare = uri -> uri.getRawPath().matches("/?") && uri.getRawQuery() == null;
    return gateway(
        source, "DRAWBRIDGE_SMTP_URL", "smtps?", isBare, "smtps://user:password@mail.example.com");
  }

  private static Optional<URI> smsUrl(Source source) {
    return gateway(
        source, "DRAWBRIDGE_SMS_URL", "https?", uri -> true, "https://sms.example.com/send");
  }

  private static Optional<URI> gateway(
      Source source, String name, String schemes, Predicate<URI> isFit, String example) {
    String given = source.text(name);
    if (given == null) {
      return Optional.empty();
    }
    try {
      URI uri = new URI(given);
      String user = uri.getRawUserInfo();
      if (uri.getScheme() != null
          && uri.getScheme().matches(schemes)
          && uri.getHost() != null
          && (user == null || user.matches("[^:]+:.+"))
          && uri.getRawFragment() == null
          && isFit.test(uri)) {
        return Optional.of(uri);
      }
    } catch (URISyntaxException e) {
      // told below, without what was given: it may hold a password
    }
    throw new BadSetting(name, "must be an address such as " + example);
  }

  private static String mailFrom(Source source, URI publicUrl) {
    String from = source.text("DRAWBRIDGE_MAIL_FROM", "drawbridge@" + publicUrl.getHost());
    if (!from.matches("[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9.\\[\\]:-]{1,255}")) {
      throw new BadSetting(
          "DRAWBRIDGE_MAIL_FROM", "must be an address such as no-reply@example.com");
    }
    return from;
  }

  private static Set<String> privateHosts(Source source) {
    String name = "DRAWBRIDGE_PRIVATE_HOSTS";
    Set<String> hosts =
        Arrays.stream(source.text(name, "").split(","))
            .map(host -> host.trim().toLowerCase(Locale.ROOT))
            .filter(host -> !host.isEmpty())
            .collect(Collectors.toUnmodifiableSet());
    for (String host : hosts) {
      if (!host.matches("[a-z0-9.-]{1,253}|\\[[0-9a-f:.]+]")) {
        throw new BadSetting(name, "must be host names such as siem.internal,10.0.0.7");
      }
    }
    return hosts;
  }

  /** Looks a setting up under each of its names. */
  private record Source(UnaryOperator<@Nullable String> values) {

    @Nullable String text(String name) {
      String dotted = name.toLowerCase(Locale.ROOT).replace('_', '.');
      for (String key : List.of(name, dotted)) {
        String value = values.apply(key);
        if (value != null && !value.isBlank()) {
          return value.trim();
        }
      }
      return null;
    }

    String text(String name, String otherwise) {
      String given = text(name);
      return given == null ? otherwise : given;
    }

    Duration duration(String name, Duration otherwise, Duration most) {
      String given = text(name);
      if (given == null) {
        return otherwise;
      }
      try {
        Duration duration = Duration.parse(given);
        if (duration.isNegative() || duration.isZero() || duration.compareTo(most) > 0) {
          throw new BadSetting(name, "must be more than zero and at most " + most);
        }
        return duration;
      } catch (DateTimeParseException e) {
        throw new BadSetting(name, "must be an ISO-8601 duration such as " + otherwise);
      }
    }
  }
}
