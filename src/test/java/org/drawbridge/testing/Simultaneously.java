package org.drawbridge.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Does the same thing many times at once. */
public final class Simultaneously {

  private Simultaneously() {}

  /** Answers what each of them gave. All begin when the last is ready. */
  public static <T> List<T> call(int times, IntFunction<T> action) {
    ExecutorService threads = Executors.newFixedThreadPool(times);
    try {
      CountDownLatch ready = new CountDownLatch(times);
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        int index = i;
        futures.add(
            threads.submit(
                () -> {
                  ready.countDown();
                  ready.await();
                  return action.apply(index);
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new AssertionError("One of the calls failed", e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }
}
