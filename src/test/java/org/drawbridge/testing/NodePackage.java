package org.drawbridge.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.drawbridge.testing.TestJson.JSON;

import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A folder of Node files below {@code src/test}, with what its {@code package.json} asks for
 * installed below {@code target}.
 */
public final class NodePackage {

  private final Path sources;
  private final Path installed;
  private boolean prepared;

  public NodePackage(String name) {
    this.sources = Path.of("src/test", name);
    this.installed = Path.of("target", name);
  }

  /** Where {@code node_modules} is. */
  public Path folder() {
    return installed;
  }

  /** Installs it, once, as a Node developer would: {@code npm ci}. */
  public synchronized void prepare() {
    if (prepared) {
      return;
    }
    try {
      Files.createDirectories(installed);
      for (String file : List.of("package.json", "package-lock.json")) {
        Files.copy(
            sources.resolve(file), installed.resolve(file), StandardCopyOption.REPLACE_EXISTING);
      }
      run("", "npm", "ci", "--prefix", installed.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    prepared = true;
  }

  /** Runs one of its files where it finds the installed modules; answers what it printed. */
  public String node(String file, String input) {
    prepare();
    try {
      Path script = installed.resolve(file);
      Files.copy(sources.resolve(file), script, StandardCopyOption.REPLACE_EXISTING);
      return run(input, "node", script.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs one of its files where it lies, beside those it imports; answers the JSON it printed. */
  public JsonObject nodeInPlace(String file, String... arguments) {
    prepare();
    List<String> command = new ArrayList<>();
    command.add("env");
    command.add("NODE_MODULES_FOLDER=" + installed.toAbsolutePath());
    command.add("node");
    command.add(sources.resolve(file).toString());
    command.addAll(List.of(arguments));
    String result = run("", command.toArray(String[]::new));
    try (JsonReader reader = JSON.createReader(new StringReader(result))) {
      return reader.readObject();
    }
  }

  /** Runs a command to its end; answers what it printed, and fails where the command does. */
  static String run(String input, String... command) {
    try {
      Path errors = Files.createTempFile("drawbridge-node", ".txt");
      Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
      try (OutputStream stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(UTF_8));
      }
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError(
            List.of(command) + " failed: " + output + Files.readString(errors));
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
