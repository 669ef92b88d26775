package org.drawbridge.kernel;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.Converter;

/** MicroProfile Config over a map, for settings that a test chooses. */
final class MapConfig implements Config {

  private final Map<String, String> values;

  private MapConfig(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  /** The settings that these values give, and the defaults. */
  static Settings settings(Map<String, String> values) {
    return Settings.of(new MapConfig(values));
  }

  /** The same with one value more. */
  static Settings settings(Map<String, String> values, String name, String value) {
    Map<String, String> all = new HashMap<>(values);
    all.put(name, value);
    return settings(all);
  }

  @Override
  public <T> Optional<T> getOptionalValue(String name, Class<T> type) {
    return Optional.ofNullable(values.get(name)).map(type::cast);
  }

  @Override
  public <T> T getValue(String name, Class<T> type) {
    return getOptionalValue(name, type).orElseThrow(() -> new NoSuchElementException(name));
  }

  @Override
  public ConfigValue getConfigValue(String name) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Iterable<String> getPropertyNames() {
    return values.keySet();
  }

  @Override
  public Iterable<ConfigSource> getConfigSources() {
    return List.of();
  }

  @Override
  public <T> Optional<Converter<T>> getConverter(Class<T> type) {
    return Optional.empty();
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    throw new IllegalArgumentException();
  }
}
