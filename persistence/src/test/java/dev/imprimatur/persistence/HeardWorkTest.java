package dev.imprimatur.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imprimatur.engine.change.Change;
import dev.imprimatur.engine.change.ChangeListener;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.queue.NewJob;
import dev.imprimatur.engine.queue.WakeUps;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What a process hears of the work that others commit, on PostgreSQL: on H2 there is no other.
class HeardWorkTest {
  private static final long LONG = Duration.ofMinutes(5).toMillis();

  @Test
  void workElsewhereIsHeardFromTheFirstWaitOn() throws Exception {
    try (TestDatabase shared = TestDatabase.migrated(TestDatabase.Kind.POSTGRES);
        Database here = shared.open();
        Bench elsewhere = Bench.on(shared.open())) {
      WakeUps bell = new WakeUps();
      AtomicInteger changes = new AtomicInteger();
      here.watch(counting(changes));
      here.connect(bell);
      await().until(() -> bell.count() > 0);

      long before = bell.count();
      enqueue(elsewhere);
      elsewhere.store("told", "A text.");
      await("a change is heard, and it was committed after the job").until(() -> changes.get() > 0);
      assertThat(bell.count()).as("nobody waits for work").isEqualTo(before);

      Thread waiting = waitFor(bell, before);
      assertThat(waiting.join(Duration.ofMinutes(1)))
          .as("what was committed before anybody waited is looked for")
          .isTrue();
      waiting = waitFor(bell, bell.count());
      enqueue(elsewhere);
      assertThat(waiting.join(Duration.ofMinutes(1))).as("a job elsewhere is heard").isTrue();
    }
  }

  private static void enqueue(Bench bench) {
    bench.engine().queue().enqueue(List.of(NewJob.of("w", "diagnostic.noop", Json.object())));
  }

  private static Thread waitFor(WakeUps bell, long seen) {
    return Thread.ofVirtual()
        .start(() -> {
          try {
            bell.await(seen, LONG);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private static ChangeListener counting(AtomicInteger changes) {
    return new ChangeListener() {
      @Override
      public void changed(Change change) {
        changes.incrementAndGet();
      }

      @Override
      public void missed() {
        // Told when the listening begins, and begins anew.
      }
    };
  }
}
