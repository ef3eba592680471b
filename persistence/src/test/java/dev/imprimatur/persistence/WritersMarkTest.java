package dev.imprimatur.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.json.Json;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// A new subscriber is given what stands already when everyone who may not have seen it has ended.
class WritersMarkTest {
  @Nested
  class OnH2 extends Contract {
    @Override
    protected TestDatabase.Kind kind() {
      return TestDatabase.Kind.H2;
    }
  }

  @Nested
  class OnPostgres extends Contract {
    @Override
    protected TestDatabase.Kind kind() {
      return TestDatabase.Kind.POSTGRES;
    }
  }

  abstract static class Contract extends BenchContract {
    @Test
    void whoWritesWhenTheMarkIsSetIsWaitedFor() throws Exception {
      var database = bench.database().automation();
      var wrote = new CountDownLatch(1);
      var mayEnd = new CountDownLatch(1);
      // Nothing has ended after its number was taken: it is the newest there is.
      Thread writer =
          Thread.ofVirtual()
              .start(() ->
                  database.run(tx -> {
                    tx.outbox().append("article", "a", "TestV1", "k", Json.object());
                    wrote.countDown();
                    await(mayEnd);
                  }));
      await(wrote);
      String mark = database.inTransaction(tx -> tx.subscriptions().writersMark());
      assertThat(ended(mark)).isFalse();
      mayEnd.countDown();
      writer.join();
      assertThat(ended(mark)).isTrue();
    }

    @Test
    void whoBeginsLaterIsNotWaitedFor() throws Exception {
      var database = bench.database().automation();
      String mark = database.inTransaction(tx -> tx.subscriptions().writersMark());
      database.run(tx -> {
        tx.outbox().append("article", "a", "TestV1", "k", Json.object());
        assertThat(ended(mark)).isTrue();
      });
    }

    // In a thread of its own: the caller may be within a transaction.
    private boolean ended(String mark) {
      var database = bench.database().automation();
      return CompletableFuture.supplyAsync(
              () -> database.inTransaction(tx -> tx.subscriptions().writersEnded(mark)))
          .join();
    }

    private static void await(CountDownLatch latch) {
      try {
        assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
