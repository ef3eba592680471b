package dev.imprimatur.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.queue.Job.Claim;
import dev.imprimatur.engine.store.UnitOfWork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The lanes on which jobs are completed begin and end together.
class CompleterTest {
  private static final UnitOfWork OUT_OF_REACH =
      new UnitOfWork() {
        @Override
        public <T> T inTransaction(Work<T> work) {
          throw new IllegalStateException("out of reach");
        }
      };

  private static Completer completer(int most, int concurrency) {
    return new Completer(OUT_OF_REACH, most, concurrency, FaultPoints.NONE);
  }

  private static Claim claim() {
    return new Claim(new JobKey("main", UUID.randomUUID()), 1);
  }

  @ParameterizedTest
  @CsvSource({"500, 4, 1", "500, 64, 2", "1, 2, 1", "1, 32, 2", "1, 1000, 4"})
  void allLanesEndAndWhoComesLaterIsTold(int most, int concurrency, int lanes) throws Exception {
    var completer = completer(most, concurrency);
    assertThat(completer.lanes()).isEqualTo(lanes);
    List<Thread> threads = new ArrayList<>();
    completer.close();
    // All the signs of the end lie there at once, and each lane takes one.
    for (int i = 0; i < lanes; i++) {
      threads.add(Thread.ofPlatform().daemon().start(completer));
    }
    for (Thread thread : threads) {
      assertThat(thread.join(Duration.ofSeconds(20))).as(thread.getName()).isTrue();
    }
    assertThatThrownBy(() -> completer.complete(claim(), null)).hasMessageContaining("has stopped");
  }

  @Test
  void whatCannotBeCommittedIsTold() {
    var completer = completer(1, 64);
    var first = completer.submit(claim(), null);
    var second = completer.submit(claim(), null);
    completer.close();
    completer.run();
    assertThat(first).isCompletedExceptionally();
    assertThat(second).isCompletedExceptionally();
  }
}
