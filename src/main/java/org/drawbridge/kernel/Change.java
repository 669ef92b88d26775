package org.drawbridge.kernel;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One member of a merge patch (RFC 7396): absent, cleared by {@code null}, or set to a value.
 *
 * @param <T> the member's type
 */
public final class Change<T> {

  private final boolean present;
  private final @Nullable T value;

  private Change(boolean present, @Nullable T value) {
    this.present = present;
    this.value = value;
  }

  public static <T> Change<T> absent() {
    return new Change<>(false, null);
  }

  public static <T> Change<T> cleared() {
    return new Change<>(true, null);
  }

  public static <T> Change<T> to(T value) {
    return new Change<>(true, value);
  }

  public boolean isPresent() {
    return present;
  }

  public boolean isCleared() {
    return present && value == null;
  }

  /** The new value; null when absent or cleared. */
  public @Nullable T value() {
    return value;
  }

  /** Calls back where a value is set; a cleared or absent member is passed over. */
  public void ifSet(Consumer<T> use) {
    if (value != null) {
      use.accept(value);
    }
  }
}
