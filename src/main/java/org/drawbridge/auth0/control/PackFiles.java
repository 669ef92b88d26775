package org.drawbridge.auth0.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The folder {@code src/main/auth0}, as it lies in the WAR. */
@ApplicationScoped
public class PackFiles {

  private static final String ROOT = "/WEB-INF/auth0/";

  @Inject ServletContext war;

  /** Every file by its path in the folder. */
  Map<String, byte[]> all() {
    Map<String, byte[]> files = new TreeMap<>();
    collect(ROOT, files);
    return files;
  }

  private void collect(String folder, Map<String, byte[]> files) {
    Set<String> paths = war.getResourcePaths(folder);
    for (String path : paths == null ? Set.<String>of() : paths) {
      if (path.endsWith("/")) {
        collect(path, files);
      } else {
        files.put(path.substring(ROOT.length()), read(path));
      }
    }
  }

  private byte[] read(String path) {
    try (InputStream file = war.getResourceAsStream(path)) {
      if (file == null) {
        throw new IllegalStateException("There is no " + path);
      }
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
