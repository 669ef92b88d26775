package org.drawbridge.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.drawbridge.kernel.GroupCommit.Writer;
import org.drawbridge.testing.Await;
import org.drawbridge.testing.Simultaneously;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Group commit")
class GroupCommitTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Doubling writer = new Doubling();
  private final GroupCommit<Integer, Integer> commit = new GroupCommit<>("tests", writer);

  /** Answers twice the number; none for odd ones; fails for negative ones; waits for its gate. */
  private static final class Doubling implements Writer<Integer, Integer> {

    final List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
    final CountDownLatch gate = new CountDownLatch(1);
    volatile int disconnected;

    @Override
    public List<@Nullable Integer> write(List<Integer> batch) {
      sizes.add(batch.size());
      try {
        gate.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      if (batch.stream().anyMatch(number -> number < 0)) {
        throw new IllegalArgumentException("as the test wants it");
      }
      List<@Nullable Integer> answers = new ArrayList<>();
      batch.forEach(number -> answers.add(number % 2 == 0 ? Integer.valueOf(2 * number) : null));
      return answers;
    }

    @Override
    public void disconnect() {
      disconnected++;
    }
  }

  @BeforeEach
  void start() {
    commit.start();
  }

  @AfterEach
  void stop() {
    writer.gate.countDown();
    commit.stop();
  }

  private @Nullable Integer ask(int number) {
    return commit.ask(number, System.nanoTime() + PATIENCE.toNanos());
  }

  @Test
  @DisplayName("answers each what it asked, whatever it was written together with")
  void answers() {
    CompletableFuture<Integer> first = CompletableFuture.supplyAsync(() -> ask(0));
    assertThat(Await.until(PATIENCE, () -> writer.sizes.size() == 1)).isTrue();
    CompletableFuture<List<Integer>> others =
        CompletableFuture.supplyAsync(() -> Simultaneously.call(40, i -> ask(2 * i)));
    assertThat(Await.until(PATIENCE, () -> commit.size() == 40)).isTrue();
    writer.gate.countDown();
    assertThat(first.join()).isZero();
    assertThat(others.join())
        .containsExactlyElementsOf(IntStream.range(0, 40).mapToObj(i -> 4 * i).toList());
    assertThat(writer.sizes).containsExactly(1, 40);
  }

  @Test
  @DisplayName("answers nothing where nothing was written, and survives a writer that fails")
  void failures() {
    writer.gate.countDown();
    assertThat(ask(3)).isNull();
    assertThat(ask(-1)).isNull();
    assertThat(writer.disconnected).isOne();
    assertThat(ask(4)).isEqualTo(8);
  }

  @Test
  @DisplayName("writes nothing whose time is over before its turn")
  void deadline() {
    CompletableFuture<Integer> first = CompletableFuture.supplyAsync(() -> ask(2));
    assertThat(Await.until(PATIENCE, () -> writer.sizes.size() == 1)).isTrue();
    assertThat(commit.ask(6, System.nanoTime() + 1_000_000)).isNull();
    writer.gate.countDown();
    assertThat(first.join()).isEqualTo(4);
    assertThat(ask(8)).isEqualTo(16);
    assertThat(writer.sizes).containsExactly(1, 1);
  }

  @Test
  @DisplayName("lets what was taken be written when it stops, and takes no more")
  void stopped() {
    CompletableFuture<Integer> taken = CompletableFuture.supplyAsync(() -> ask(2));
    assertThat(Await.until(PATIENCE, () -> writer.sizes.size() == 1)).isTrue();
    writer.gate.countDown();
    commit.stop();
    assertThat(taken.join()).isEqualTo(4);
    assertThat(ask(4)).isNull();
    assertThat(writer.disconnected).isOne();
  }
}
