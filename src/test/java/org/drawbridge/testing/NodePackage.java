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
    Alone.run(Path.of(installed + ".lock"), this::install);
    prepared = true;
  }

  private void install() throws IOException {
    Path done = installed.resolve("installed.json");
    Path wanted = sources.resolve("package-lock.json");
    if (Files.exists(done) && Files.mismatch(wanted, done) < 0) {
      return;
    }
    Files.createDirectories(installed);
    for (String file : List.of("package.json", "package-lock.json")) {
      copy(file);
    }
    run("", "npm", "ci", "--prefix", installed.toString());
    Files.copy(wanted, done, StandardCopyOption.REPLACE_EXISTING);
  }

  private Path copy(String file) throws IOException {
    return Files.copy(
        sources.resolve(file), installed.resolve(file), StandardCopyOption.REPLACE_EXISTING);
  }

  /** Runs one of its files where it finds the installed modules; answers what it printed. */
  public String node(String file, String input) {
    prepare();
    Path script = installed.resolve(file);
    Alone.run(
        Path.of(installed + ".lock"),
        () -> {
          // Another JVM's Node may just be reading it.
          if (!Files.exists(script) || Files.mismatch(sources.resolve(file), script) >= 0) {
            copy(file);
          }
        });
    return run(input, "node", script.toString());
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
      try {
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
      } finally {
        Files.delete(errors);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
