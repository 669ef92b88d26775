package org.drawbridge.operation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** What was built, as the build wrote it into the WAR. */
final class Build {

  private static final Properties PROPERTIES = load();

  private Build() {}

  static String version() {
    return PROPERTIES.getProperty("version", "unknown");
  }

  static String swaggerUiVersion() {
    return PROPERTIES.getProperty("swagger-ui.version", "unknown");
  }

  private static Properties load() {
    Properties properties = new Properties();
    try (InputStream in = Build.class.getResourceAsStream("/drawbridge-build.properties")) {
      if (in != null) {
        properties.load(in);
      }
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
