package org.drawbridge.problem;

import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The correlation id of the request that the current thread serves: in the answer's {@code
 * X-Correlation-Id}, in every problem's {@code instance}, and in the log lines of the request.
 */
public final class Correlation {

  /** Name of the response header. */
  public static final String HEADER = "X-Correlation-Id";

  private static final ThreadLocal<@Nullable String> CURRENT = new ThreadLocal<>();

  private Correlation() {}

  /** Starts a request; answers its id: 22 letters, because a body must never hold "404". */
  public static String begin() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    char[] letters = new char[22];
    for (int i = 0; i < letters.length; i++) {
      letters[i] = (char) ('a' + random.nextInt(26));
    }
    String id = new String(letters);
    CURRENT.set(id);
    return id;
  }

  /** Continues the request of that id, on the same thread or another. */
  public static void resume(String id) {
    CURRENT.set(id);
  }

  public static void end() {
    CURRENT.remove();
  }

  /** Null outside a request, such as in a timer. */
  public static @Nullable String current() {
    return CURRENT.get();
  }
}
