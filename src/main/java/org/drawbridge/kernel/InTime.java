package org.drawbridge.kernel;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.drawbridge.problem.LogLine;
import org.drawbridge.problem.Refusal;
import org.drawbridge.problem.StorageUnavailable;

/**
 * Asks the database in a thread of its own, so that one that does not answer holds up no check for
 * longer than its time budget. What has begun is done, even where nobody waits for it any more.
 */
@ApplicationScoped
public class InTime {

  private static final Logger LOG = Logger.getLogger(InTime.class.getName());

  /** So many at most hang on a database that does not answer; others wait for them. */
  private static final int THREADS = 32;

  private static final long IDLE_SECONDS = 60;

  @Resource ManagedThreadFactory factory;

  /** Not the server's own, whose threads other work may keep. */
  private ThreadPoolExecutor threads;

  @PostConstruct
  void start() {
    threads =
        new ThreadPoolExecutor(
            THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
    threads.allowCoreThreadTimeOut(true);
  }

  @PreDestroy
  void stop() {
    threads.shutdown();
  }

  /**
   * @param deadline by {@link System#nanoTime}
   * @throws Refusal as the question does
   * @throws StorageUnavailable where there is no answer in time, or none at all
   */
  public <T> T ask(long deadline, Supplier<T> question) {
    Future<T> answer = threads.submit(question::get);
    try {
      return answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Refusal refusal) {
        throw refusal;
      }
      LogLine.event("lookup.failed").log(LOG, Level.WARNING, e);
      throw new StorageUnavailable();
    } catch (TimeoutException e) {
      // Never interrupted: an interrupt closes H2's file under all other connections.
      answer.cancel(false);
      throw new StorageUnavailable();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StorageUnavailable();
    }
  }
}
