package dev.imprimatur.persistence;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.outbox.Delivery;
import dev.imprimatur.engine.outbox.DeliveryState;
import dev.imprimatur.engine.outbox.EventConsumer;
import dev.imprimatur.engine.outbox.EventSender;
import dev.imprimatur.engine.outbox.Outbox;
import dev.imprimatur.engine.outbox.OutboxEvent;
import dev.imprimatur.engine.store.OutboxStore;
import dev.imprimatur.engine.store.Transaction;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/// Two subscribers that fail as they are told, and what tests of their deliveries ask.
abstract class DeliveriesContract extends BenchContract {
  final Taking consumer = new Taking();
  final Sending sender = new Sending();

  @Override
  Bench bench(Database open) {
    return Bench.on(
        open,
        Scripted.providers(),
        new Engine.Extensions(List.of(), List.of(consumer, sender)),
        FaultPoints.NONE,
        Map.of("outbox.max-attempts", "3"));
  }

  Outbox outbox() {
    return bench.engine().outbox();
  }

  UUID publish(String aggregate, String key) {
    return bench
        .database()
        .people()
        .inTransaction(tx -> {
          tx.outbox().append("test", aggregate, "TestV1", key, Json.object());
          return tx.outbox().list(1).getFirst().id();
        });
  }

  OutboxStore.Claim claim(UUID event) {
    return bench
        .database()
        .automation()
        .inTransaction(tx -> tx.outbox().claim("sending", event, Duration.ofMillis(300)))
        .orElseThrow();
  }

  boolean acknowledge(OutboxStore.Claim claim) {
    return bench.database().automation().inTransaction(tx -> tx.outbox().acknowledge(claim));
  }

  Delivery delivery(UUID event, String subscriber) {
    return outbox().evidence(event).orElseThrow().deliveries().stream()
        .filter(d -> d.subscriber().equals(subscriber))
        .findFirst()
        .orElseThrow();
  }

  DeliveryState state(UUID event, String subscriber) {
    return delivery(event, subscriber).state();
  }

  long dead() {
    return outbox().counters().byState().getOrDefault(DeliveryState.DEAD, 0L);
  }

  void drain() {
    int handled;
    do {
      handled = bench.engine().dispatchEvents();
    } while (handled > 0);
  }

  void drainUntil(Callable<Boolean> condition) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> {
          drain();
          return condition.call();
        });
  }

  static final class Taking implements EventConsumer {
    final Set<String> failing = ConcurrentHashMap.newKeySet();
    final List<String> seen = Collections.synchronizedList(new ArrayList<>());

    @Override
    public String name() {
      return "taking";
    }

    @Override
    public void handle(Transaction tx, OutboxEvent event) {
      if (failing.contains(event.key())) {
        throw new IllegalStateException("told to fail");
      }
      tx.afterCommit(() -> seen.add(event.key()));
    }
  }

  static final class Sending implements EventSender {
    final Set<String> failing = ConcurrentHashMap.newKeySet();
    final List<String> sent = Collections.synchronizedList(new ArrayList<>());
    final Map<String, Set<UUID>> ids = new ConcurrentHashMap<>();
    final AtomicInteger inParallel = new AtomicInteger();
    volatile CountDownLatch gate = new CountDownLatch(0);
    private final Set<UUID> busy = ConcurrentHashMap.newKeySet();

    @Override
    public String name() {
      return "sending";
    }

    @Override
    public void send(OutboxEvent event) throws IOException {
      if (!busy.add(event.id())) {
        inParallel.incrementAndGet();
      }
      try {
        gate.await();
        if (failing.contains(event.key())) {
          throw new IOException("told to fail");
        }
        ids.computeIfAbsent(event.key(), key -> ConcurrentHashMap.newKeySet()).add(event.id());
        sent.add(event.key());
      } catch (InterruptedException e) {
        throw new IOException("interrupted", e);
      } finally {
        busy.remove(event.id());
      }
    }
  }
}
