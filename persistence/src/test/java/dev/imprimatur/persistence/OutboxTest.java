package dev.imprimatur.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.outbox.EventConsumer;
import dev.imprimatur.engine.outbox.OutboxEvent;
import dev.imprimatur.engine.store.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Events and their consumers, on both databases.
class OutboxTest {
  @Nested
  class OnH2 extends Contract {
    @Override
    TestDatabase.Kind kind() {
      return TestDatabase.Kind.H2;
    }
  }

  @Nested
  class OnPostgres extends Contract {
    @Override
    TestDatabase.Kind kind() {
      return TestDatabase.Kind.POSTGRES;
    }
  }

  abstract static class Contract extends BenchContract {
    private final Counting consumer = new Counting();

    @Override
    Bench bench(Database open) {
      return Bench.on(
          open,
          Scripted.providers(),
          new Engine.Extensions(List.of(), List.of(consumer)),
          FaultPoints.NONE);
    }

    @Test
    void oneFactIsOneEvent() {
      assertThat(publish("a", "fact:1")).isTrue();
      assertThat(publish("a", "fact:1")).isFalse();
      assertThat(database.count("SELECT count(*) FROM outbox_event")).isEqualTo(1);
    }

    @Test
    void aConsumerTakesEachEventOnceFromAnyNumberOfDispatchers() throws Exception {
      for (int i = 0; i < 200; i++) {
        publish("a" + i % 7, "fact:" + i);
      }
      Together.run(6, i -> drain());
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> {
            drain();
            return bench.engine().queue().stats().counters().getOrDefault("handled", 0L) >= 200;
          });
      assertThat(bench.engine().queue().stats().counters()).containsEntry("handled", 200L);
      assertThat(database.count("SELECT count(*) FROM outbox_delivery WHERE acked_at IS NULL"))
          .isZero();
      assertThat(database.count("SELECT count(*) FROM inbox")).isEqualTo(200);
    }

    @Test
    void aFailingEventIsTriedAgainAndHoldsUpOnlyItsAggregate() {
      consumer.failures.put("fact:1", 2);
      publish("a", "fact:1");
      publish("a", "fact:2");
      publish("b", "fact:3");
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> {
            drain();
            return consumer.seen.size() >= 3;
          });
      assertThat(consumer.seen.indexOf("fact:1")).isLessThan(consumer.seen.indexOf("fact:2"));
      assertThat(bench.engine().queue().stats().counters()).containsEntry("handled", 3L);
      assertThat(database.count("SELECT max(attempts) FROM outbox_delivery")).isEqualTo(3);
    }

    @Test
    void anEventOfARolledBackTransactionWasNeverThere() {
      try {
        bench
            .database()
            .people()
            .run(tx -> {
              tx.outbox().append("test", "a", "TestV1", "fact:1", Json.object());
              throw new IllegalStateException("rolled back");
            });
      } catch (IllegalStateException expected) {
        assertThat(expected).hasMessage("rolled back");
      }
      assertThat(publish("a", "fact:1")).isTrue();
    }

    private boolean publish(String aggregate, String key) {
      return bench
          .database()
          .people()
          .inTransaction(tx ->
              tx.outbox().append("test", aggregate, "TestV1", key, Json.object().put("key", key)));
    }

    private void drain() {
      int handled;
      do {
        handled = bench.engine().dispatchEvents();
      } while (handled > 0);
    }
  }

  private static final class Counting implements EventConsumer {
    final Map<String, Integer> failures = new ConcurrentHashMap<>();
    final List<String> seen = Collections.synchronizedList(new ArrayList<>());

    @Override
    public String name() {
      return "counting";
    }

    @Override
    public void handle(Transaction tx, OutboxEvent event) {
      tx.jobs().increment("handled");
      Integer left = failures.get(event.key());
      if (left != null && left > 0) {
        failures.put(event.key(), left - 1);
        throw new IllegalStateException("told to fail");
      }
      seen.add(event.key());
    }
  }
}
