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
import org.jspecify.annotations.Nullable;

/**
 * Reads settings of each kind, under each of their names. Every reader throws {@link BadSetting}
 * for a value that is none of its kind.
 *
 * @param values answers null for a name that is not set
 */
record SettingSource(UnaryOperator<@Nullable String> values) {

  private static final int MAX_PORT = 65_535;

  /** Null where it is not set, or blank. */
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

  /** A TCP port. */
  int port(String name, int otherwise) {
    String given = text(name, Integer.toString(otherwise));
    // What the launcher takes, too.
    if (given.matches("[0-9]{1,5}")) {
      int port = Integer.parseInt(given);
      if (port >= 1 && port <= MAX_PORT) {
        return port;
      }
    }
    throw new BadSetting(name, "must be a whole number from 1 to " + MAX_PORT);
  }

  /** A folder that can be written, made where there is none. */
  Path folder(String name, Path otherwise) {
    String given = text(name);
    try {
      Path folder = given == null ? otherwise : Path.of(given);
      Files.createDirectories(folder);
      if (!Files.isWritable(folder)) {
        throw new BadSetting(name, "the folder " + folder + " cannot be written");
      }
      return folder.toAbsolutePath().normalize();
    } catch (IOException | InvalidPathException e) {
      throw new BadSetting(name, "the folder cannot be made: " + e.getMessage());
    }
  }

  /** A file that can be read. */
  Optional<Path> file(String name) {
    String given = text(name);
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
    throw new BadSetting(name, "there is no file " + given + " to read");
  }

  /** An origin as browsers write it (RFC 6454 section 6.2): passkeys are bound to it. */
  URI origin(String name, String otherwise) {
    String given = text(name, otherwise);
    try {
      URI uri = new URI(given.endsWith("/") ? given.substring(0, given.length() - 1) : given);
      requirePort(name, uri);
      boolean http = "http".equalsIgnoreCase(uri.getScheme());
      if ((http || "https".equalsIgnoreCase(uri.getScheme()))
          && uri.getHost() != null
          && uri.getRawPath().isEmpty()
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null
          && uri.getRawUserInfo() == null) {
        int usual = http ? 80 : 443;
        return new URI(
            uri.getScheme().toLowerCase(Locale.ROOT)
                + "://"
                + uri.getHost().toLowerCase(Locale.ROOT)
                + (uri.getPort() < 0 || uri.getPort() == usual ? "" : ":" + uri.getPort()));
      }
    } catch (URISyntaxException e) {
      // told below
    }
    throw new BadSetting(name, "must be an origin such as https://login.example.com");
  }

  /**
   * Where messages are handed in, with user and password where they are needed.
   *
   * @param schemes a regular expression
   * @param isFit what else the address has to be
   */
  Optional<URI> gateway(String name, String schemes, Predicate<URI> isFit, String example) {
    String given = text(name);
    if (given == null) {
      return Optional.empty();
    }
    try {
      URI uri = new URI(given);
      requirePort(name, uri);
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

  /**
   * @throws BadSetting where the address has a port that there is none of
   */
  static void requirePort(String name, URI uri) {
    if (uri.getPort() == 0 || uri.getPort() > MAX_PORT) {
      throw new BadSetting(name, "must have a port from 1 to " + MAX_PORT + ", or none");
    }
  }

  /** Host names and addresses, separated by commas; in lower case. */
  Set<String> hosts(String name, String example) {
    Set<String> hosts =
        Arrays.stream(text(name, "").split(","))
            .map(host -> host.trim().toLowerCase(Locale.ROOT))
            .filter(host -> !host.isEmpty())
            .collect(Collectors.toUnmodifiableSet());
    for (String host : hosts) {
      if (!host.matches("[a-z0-9.-]{1,253}|\\[[0-9a-f:.]+]")) {
        throw new BadSetting(name, "must be host names such as " + example);
      }
    }
    return hosts;
  }
}
