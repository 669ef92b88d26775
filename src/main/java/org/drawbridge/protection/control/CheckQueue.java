package org.drawbridge.protection.control;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.drawbridge.problem.LogLine;
import org.jspecify.annotations.Nullable;

/**
 * Group commit: requests enqueue their questions and wait; one writer takes a question, drains what
 * else is there, has the batch recorded in one go, and completes the waiting requests. There is no
 * timer, so a question that comes alone is not held up, and under load batches form by themselves.
 */
final class CheckQueue {

  private static final Logger LOG = Logger.getLogger(CheckQueue.class.getName());

  private static final int MAX_WAITING = 4096;
  private static final int MAX_BATCH = 64;
  private static final long STOP_MILLIS = 10_000;

  private final CheckRecorder recorder;
  private final BlockingQueue<Job> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  private final Thread writer = new Thread(this::write, "drawbridge-check-writer");
  private volatile boolean stopped;

  private record Job(Question question, long deadline, CompletableFuture<Outcome> outcome) {

    boolean isWanted() {
      return !outcome.isDone() && System.nanoTime() - deadline < 0;
    }
  }

  CheckQueue(CheckRecorder recorder) {
    this.recorder = recorder;
    // Never interrupted: an interrupt closes H2's file under all other connections.
    writer.setDaemon(true);
  }

  void start() {
    writer.start();
  }

  /**
   * The future fails where the queue is full or stopped, or the question could not be recorded.
   *
   * @param deadline by {@link System#nanoTime}; what is still waiting then is dropped
   */
  CompletableFuture<Outcome> submit(Question question, long deadline) {
    Job job = new Job(question, deadline, new CompletableFuture<>());
    if (stopped || !waiting.offer(job)) {
      job.outcome().completeExceptionally(new RejectedExecutionException("queue full or stopped"));
    }
    return job.outcome();
  }

  /** How many questions wait for the writer. */
  int size() {
    return waiting.size();
  }

  /** Takes no more questions and waits until the writer has answered what was taken. */
  void stop() {
    stopped = true;
    try {
      writer.join(STOP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write() {
    List<Job> batch = new ArrayList<>(MAX_BATCH);
    while (!stopped || !waiting.isEmpty()) {
      batch.clear();
      Job first = next();
      if (first == null) {
        continue;
      }
      batch.add(first);
      waiting.drainTo(batch, MAX_BATCH - 1);
      batch.removeIf(job -> !job.isWanted());
      if (!batch.isEmpty()) {
        record(batch);
      }
    }
    recorder.disconnect();
  }

  private @Nullable Job next() {
    try {
      return waiting.poll(100, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      // Nobody should; the flag alone ends this thread.
      return null;
    }
  }

  private void record(List<Job> batch) {
    List<@Nullable Outcome> outcomes;
    try {
      outcomes = recorder.record(batch.stream().map(Job::question).toList());
    } catch (RuntimeException | Error e) {
      // The writer must survive whatever happens: without it no login goes on.
      LogLine.event("checks.writer-failed").log(LOG, Level.SEVERE, e);
      recorder.disconnect();
      outcomes = Collections.nCopies(batch.size(), null);
    }
    for (int i = 0; i < batch.size(); i++) {
      Outcome outcome = outcomes.get(i);
      if (outcome == null) {
        batch.get(i).outcome().completeExceptionally(new IllegalStateException("not recorded"));
      } else {
        batch.get(i).outcome().complete(outcome);
      }
    }
  }
}
