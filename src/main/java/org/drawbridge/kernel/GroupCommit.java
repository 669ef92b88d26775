package org.drawbridge.kernel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.drawbridge.problem.LogLine;
import org.jspecify.annotations.Nullable;

/**
 * Group commit: requests enqueue what they want written and wait; one writer takes a question,
 * drains what else is there, has the batch written in one go, and completes the waiting requests.
 * There is no timer, so a question that comes alone is not held up, and under load batches form by
 * themselves.
 *
 * @param <Q> what is asked
 * @param <A> what is answered
 */
public final class GroupCommit<Q, A> {

  private static final Logger LOG = Logger.getLogger(GroupCommit.class.getName());

  private static final int MAX_WAITING = 4096;
  private static final int MAX_BATCH = 64;
  private static final long STOP_MILLIS = 10_000;

  private final String name;
  private final Writer<Q, A> writer;
  private final BlockingQueue<Job<Q, A>> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  private final Thread thread;
  private volatile boolean stopped;

  /**
   * Writes batches, in one thread.
   *
   * @param <Q> what is asked
   * @param <A> what is answered
   */
  public interface Writer<Q, A> {

    /**
     * Answers one for each question, in their order, once it is durable; null for what could not be
     * written, and is not.
     */
    List<@Nullable A> write(List<Q> batch);

    /** Lets go of its connection; another batch may come. */
    void disconnect();
  }

  private record Job<Q, A>(Q question, long deadline, CompletableFuture<A> answer) {

    boolean isWanted() {
      return !answer.isDone() && System.nanoTime() - deadline < 0;
    }
  }

  /**
   * @param name of what is written, for the thread and the log
   */
  public GroupCommit(String name, Writer<Q, A> writer) {
    this.name = name;
    this.writer = writer;
    this.thread = new Thread(this::write, "drawbridge-" + name + "-writer");
    // Never interrupted: an interrupt closes H2's file under all other connections.
    thread.setDaemon(true);
  }

  public void start() {
    thread.start();
  }

  /**
   * Null where the time is over, the queue is full or stopped, or the question could not be
   * written.
   *
   * @param deadline by {@link System#nanoTime}; what is still waiting then is dropped
   */
  public @Nullable A ask(Q question, long deadline) {
    CompletableFuture<A> answer = submit(question, deadline);
    try {
      return answer.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException e) {
      answer.cancel(false);
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private CompletableFuture<A> submit(Q question, long deadline) {
    Job<Q, A> job = new Job<>(question, deadline, new CompletableFuture<>());
    if (stopped || !waiting.offer(job)) {
      job.answer().completeExceptionally(new RejectedExecutionException("queue full or stopped"));
    }
    return job.answer();
  }

  /** How many questions wait for the writer. */
  public int size() {
    return waiting.size();
  }

  /** Takes no more questions and waits until the writer has answered what was taken. */
  public void stop() {
    stopped = true;
    try {
      thread.join(STOP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write() {
    List<Job<Q, A>> batch = new ArrayList<>(MAX_BATCH);
    while (!stopped || !waiting.isEmpty()) {
      batch.clear();
      Job<Q, A> first = next();
      if (first == null) {
        continue;
      }
      batch.add(first);
      waiting.drainTo(batch, MAX_BATCH - 1);
      batch.removeIf(job -> !job.isWanted());
      if (!batch.isEmpty()) {
        write(batch);
      }
    }
    writer.disconnect();
  }

  private @Nullable Job<Q, A> next() {
    try {
      return waiting.poll(100, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      // Nobody should; the flag alone ends this thread.
      return null;
    }
  }

  private void write(List<Job<Q, A>> batch) {
    List<@Nullable A> answers;
    try {
      answers = writer.write(batch.stream().map(Job::question).toList());
    } catch (RuntimeException | Error e) {
      // The writer must survive whatever happens: without it no login goes on.
      LogLine.event(name + ".writer-failed").log(LOG, Level.SEVERE, e);
      writer.disconnect();
      answers = Collections.nCopies(batch.size(), null);
    }
    for (int i = 0; i < batch.size(); i++) {
      A answer = answers.get(i);
      if (answer == null) {
        batch.get(i).answer().completeExceptionally(new IllegalStateException("not written"));
      } else {
        batch.get(i).answer().complete(answer);
      }
    }
  }
}
