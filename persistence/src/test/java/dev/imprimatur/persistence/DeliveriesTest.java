package dev.imprimatur.persistence;

import static dev.imprimatur.persistence.Bench.decided;
import static dev.imprimatur.persistence.Bench.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.outbox.Delivery;
import dev.imprimatur.engine.outbox.DeliveryState;
import dev.imprimatur.engine.outbox.EventConsumer;
import dev.imprimatur.engine.outbox.EventSender;
import dev.imprimatur.engine.outbox.Evidence;
import dev.imprimatur.engine.outbox.Outbox;
import dev.imprimatur.engine.outbox.OutboxCounters;
import dev.imprimatur.engine.outbox.OutboxEvent;
import dev.imprimatur.engine.store.OutboxStore;
import dev.imprimatur.engine.store.Transaction;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Deliveries that fail, die, are replayed, skipped and claimed, on both databases.
class DeliveriesTest {
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
    private final Taking consumer = new Taking();
    private final Sending sender = new Sending();

    @Override
    Bench bench(Database open) {
      return Bench.on(
          open,
          Scripted.providers(),
          new Engine.Extensions(List.of(), List.of(consumer, sender)),
          FaultPoints.NONE,
          Map.of("outbox.max-attempts", "3"));
    }

    @Test
    void afterTooManyAttemptsOneDeliveryIsDeadAndHoldsUpNothingButItsAggregate() {
      consumer.failing.add("a1");
      UUID first = publish("a", "a1");
      publish("a", "a2");
      publish("b", "b1");
      drainUntil(() -> state(first, "taking") == DeliveryState.DEAD);
      drain();

      assertThat(consumer.seen).containsExactly("b1");
      assertThat(sender.sent).containsExactly("a1", "a2", "b1");
      Delivery dead = delivery(first, "taking");
      assertThat(dead.attempts()).isEqualTo(3);
      assertThat(dead.publishCount()).isEqualTo(3);
      assertThat(dead.lastError()).isEqualTo("told to fail");
      assertThat(dead.deadAt()).isNotNull();
      assertThat(outbox().events("taking", DeliveryState.DEAD, 10)).hasSize(1);
      assertThat(outbox().events("taking", DeliveryState.PENDING, 10))
          .extracting(e -> e.event().key())
          .containsExactly("a2");
      assertThat(outbox().events(null, null, 10))
          .extracting(e -> e.event().key())
          .containsExactly("b1", "a2", "a1");
      assertThat(outbox().events(null, null, 10))
          .allSatisfy(e -> assertThat(e.deliveries()).hasSize(2));
      assertThat(outbox().counters().sound()).isTrue();
    }

    @Test
    void aReplayedDeliveryGoesFirstWithTheSameIdAndAllItsAttempts() {
      sender.failing.add("a1");
      UUID first = publish("a", "a1");
      publish("a", "a2");
      drainUntil(() -> state(first, "sending") == DeliveryState.DEAD);

      sender.failing.clear();
      Evidence replayed = decided(outbox().replay(first, "sending"));
      assertThat(replayed.deliveries())
          .filteredOn(d -> d.subscriber().equals("sending"))
          .singleElement()
          .satisfies(d -> {
            assertThat(d.state()).isEqualTo(DeliveryState.PENDING);
            assertThat(d.attempts()).isZero();
            assertThat(d.publishCount()).isEqualTo(3);
          });
      drainUntil(() -> sender.sent.size() == 2);
      assertThat(sender.sent).containsExactly("a1", "a2");
      assertThat(sender.ids.get("a1")).containsExactly(first);
      assertThat(delivery(first, "sending").publishCount()).isEqualTo(4);
      assertThat(bench.engine().audit().list("outbox_event", first.toString(), 10))
          .singleElement()
          .satisfies(entry -> {
            assertThat(entry.action()).isEqualTo("outbox.replayed");
            assertThat(String.valueOf(entry.before())).contains("dead");
          });
    }

    @Test
    void aPublishedEventIsSentAgainAndAppliedOnce() {
      UUID event = publish("a", "a1");
      drain();
      decided(outbox().replay(event, null));
      assertThat(outbox().counters().sound()).isTrue();
      drain();
      assertThat(sender.sent).containsExactly("a1", "a1");
      assertThat(consumer.seen).containsExactly("a1");
      assertThat(delivery(event, "taking").publishCount()).isEqualTo(2);
      assertThat(delivery(event, "taking").state()).isEqualTo(DeliveryState.ACKNOWLEDGED);
      assertThat(outbox().counters().sound()).isTrue();
    }

    @Test
    void whereThereIsNothingToReplayItSaysWhy() {
      UUID event = publish("a", "a1");
      assertThat(refused(outbox().replay(event, null))).isEqualTo("nothing_to_replay");
      assertThat(refused(outbox().replay(UUID.randomUUID(), null))).isEqualTo("not_found");
      assertThat(refused(outbox().replay(event, "nobody"))).isEqualTo("unknown_subscriber");
      assertThat(refused(outbox().replayDead(null))).isEqualTo("nothing_to_replay");
      assertThat(refused(outbox().replayDead("nobody"))).isEqualTo("unknown_subscriber");
      assertThat(refused(outbox().skip(event, null, "x"))).isEqualTo("not_dead");
      assertThat(refused(outbox().skip(event, null, " "))).isEqualTo("reason_required");
      drain();
      decided(outbox().replay(event, null));
      assertThat(outbox().replay(event, null)).isInstanceOf(Decision.AlreadyDecided.class);
    }

    @Test
    void automationReplaysNothing() {
      UUID event = publish("a", "a1");
      drain();
      var automation = new Outbox(bench.database().automation(), bench.engine().wakeUps());
      assertThat(refused(automation.replay(event, null))).isEqualTo("human_required");
      assertThat(refused(automation.replayDead(null))).isEqualTo("human_required");
      assertThat(refused(automation.skip(event, null, "x"))).isEqualTo("human_required");
    }

    @Test
    void allThatIsDeadIsReplayedOrOneSubscribersAlone() {
      for (int i = 0; i < 5; i++) {
        consumer.failing.add("k" + i);
        sender.failing.add("k" + i);
        publish("a" + i, "k" + i);
      }
      drainUntil(() -> dead() == 10);
      consumer.failing.clear();
      sender.failing.clear();
      assertThat(decided(outbox().replayDead("taking")).deliveries()).isEqualTo(5);
      assertThat(decided(outbox().replayDead(null)).deliveries()).isEqualTo(5);
      drain();
      assertThat(consumer.seen).hasSize(5);
      assertThat(sender.sent).hasSize(5);
      assertThat(outbox().counters().byState()).containsEntry(DeliveryState.ACKNOWLEDGED, 10L);
      assertThat(bench.engine().audit().verify().flaws()).isEmpty();
    }

    @Test
    void aSkippedEventLetsTheNextPass() {
      consumer.failing.add("a1");
      UUID first = publish("a", "a1");
      publish("a", "a2");
      drainUntil(() -> state(first, "taking") == DeliveryState.DEAD);
      decided(outbox().skip(first, null, "its article is gone"));
      drain();
      assertThat(consumer.seen).containsExactly("a2");
      assertThat(state(first, "taking")).isEqualTo(DeliveryState.SKIPPED);
      assertThat(outbox().skip(first, null, "again")).isInstanceOf(Decision.AlreadyDecided.class);
    }

    @Test
    void twoDispatchersNeverHandOneDeliveryOverAtTheSameTime() throws Exception {
      for (int i = 0; i < 100; i++) {
        publish("a" + i % 5, "k" + i);
      }
      Together.run(4, i -> drain());
      drainUntil(() -> outbox().counters().byState().get(DeliveryState.PENDING) == 0);
      assertThat(sender.inParallel.get()).isZero();
      assertThat(consumer.seen).doesNotHaveDuplicates().hasSize(100);
      assertThat(Set.copyOf(sender.sent)).hasSize(100);
    }

    @Test
    void whileOneSendsOthersLeaveItsAggregateAlone() throws Exception {
      sender.gate = new CountDownLatch(1);
      UUID first = publish("a", "a1");
      UUID second = publish("a", "a2");
      Thread sending = Thread.ofVirtual().start(() -> bench.engine().dispatchEvents());
      try {
        Awaitility.await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> delivery(first, "sending").claimedAt() != null);
        assertThat(bench.engine().dispatchEvents()).isZero();
        for (UUID event : List.of(first, second)) {
          boolean claimed =
              bench
                  .database()
                  .automation()
                  .inTransaction(
                      tx -> tx.outbox().claim("sending", event, Duration.ofMillis(1)).isPresent());
          assertThat(claimed).isFalse();
        }
        assertThat(sender.sent).isEmpty();
      } finally {
        sender.gate.countDown();
        sending.join();
      }
      assertThat(sender.sent).containsExactly("a1", "a2");
    }

    @Test
    void anOlderDatabaseKeepsItsDeliveries() throws SQLException {
      try (TestDatabase old = TestDatabase.empty(kind())) {
        String event = "00000000-0000-0000-0000-000000000001";
        migrateTo("004", old);
        old.execute("INSERT INTO outbox_subscriber (name) VALUES ('taking')");
        old.execute(
            "INSERT INTO outbox_event (id, aggregate_type, aggregate_id, event_type, event_key, payload, occurred_at)"
                + " VALUES ('"
                + event
                + "', 'test', 'a', 'TestV1', 'a1', '{}', CURRENT_TIMESTAMP)");
        old.execute(
            "INSERT INTO outbox_delivery (event_id, subscriber, next_attempt_at, claimed_at, sent_at, acked_at, attempts)"
                + " SELECT id, 'taking', occurred_at, occurred_at, occurred_at, occurred_at, 1 FROM outbox_event");
        Database.migrate(old.config()).close();
        try (Bench over = bench(old.open())) {
          Delivery kept =
              over.engine()
                  .outbox()
                  .evidence(UUID.fromString(event))
                  .orElseThrow()
                  .deliveries()
                  .getFirst();
          assertThat(kept.publishCount()).isEqualTo(1);
          assertThat(kept.state()).isEqualTo(DeliveryState.ACKNOWLEDGED);
        }
        assertThat(
                old.count(
                    "SELECT count(*) FROM outbox_delivery d JOIN outbox_event e ON e.id = d.event_id"
                        + " WHERE d.event_seq = e.seq AND d.aggregate = 'test:a'"))
            .isEqualTo(1);
      }
    }

    private static void migrateTo(String version, TestDatabase database) throws SQLException {
      Link link = Link.to(database.config());
      try (Connection connection = link.owner().getConnection()) {
        Flyway.configure(Database.class.getClassLoader())
            .dataSource(link.owner())
            .locations(
                "classpath:db/migration-common", "classpath:" + link.dialect().migrationFolder())
            .placeholders(
                Map.of(
                    "stored", link.dialect().generatedStored(), "schema", connection.getSchema()))
            .target(version)
            .load()
            .migrate();
      } finally {
        link.close();
      }
    }

    @Test
    void whoOutlivesHisClaimChangesNothing() {
      UUID event = publish("a", "a1");
      OutboxStore.Claim late = claim(event);
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> {
            bench.engine().dispatchEvents();
            return state(event, "sending") == DeliveryState.ACKNOWLEDGED;
          });
      decided(outbox().replay(event, "sending"));
      OutboxStore.Claim second = claim(event);
      assertThat(second.token()).isGreaterThan(late.token());
      assertThat(second.event().id()).isEqualTo(event);
      var failure = new OutboxStore.Failure("late", Duration.ZERO, true);
      bench.database().automation().run(tx -> tx.outbox().failed(late, failure));
      assertThat(acknowledge(late)).isFalse();
      assertThat(state(event, "sending")).isEqualTo(DeliveryState.PENDING);
      assertThat(acknowledge(second)).isTrue();
    }

    @Test
    void anEventThatEndsItsProcessEveryTimeIsParkedToo() {
      UUID event = publish("a", "a1");
      for (int i = 0; i < 3; i++) {
        // Claimed, and never heard of again.
        Awaitility.await()
            .atMost(Duration.ofSeconds(20))
            .until(() ->
                bench
                    .database()
                    .automation()
                    .inTransaction(tx ->
                        tx.outbox().claim("sending", event, Duration.ofMillis(1)).isPresent()));
      }
      drainUntil(() -> state(event, "sending") == DeliveryState.DEAD);
      assertThat(sender.sent).isEmpty();
      assertThat(delivery(event, "sending").lastError()).contains("process ended");
    }

    @Test
    void theDatabaseRefusesADeliveryWithTwoEnds() {
      UUID event = publish("a", "a1");
      drain();
      assertThatThrownBy(() -> database.execute("UPDATE outbox_delivery SET dead_at = acked_at"))
          .hasStackTraceContaining("outbox_delivery_one_end");
      assertThatThrownBy(() -> database.execute("UPDATE outbox_delivery SET sent_at = NULL"))
          .hasStackTraceContaining("outbox_delivery_acked_was_sent");
      assertThat(state(event, "taking")).isEqualTo(DeliveryState.ACKNOWLEDGED);
    }

    @Test
    void theCountersCountWhatMustNotBe() {
      OutboxCounters empty = outbox().counters();
      assertThat(empty.sound()).isTrue();
      assertThat(empty.events()).isZero();
      assertThat(empty.byState()).containsOnlyKeys(DeliveryState.values());

      publish("a", "a1");
      publish("b", "b1");
      drain();
      database.execute("ALTER TABLE outbox_event DROP CONSTRAINT outbox_event_key");
      database.execute("UPDATE outbox_event SET event_key = 'a1'");
      OutboxCounters doubled = outbox().counters();
      assertThat(doubled.factsWithTwoEvents()).isEqualTo(1);
      assertThat(doubled.appliedTwice()).isEqualTo(1);
      assertThat(doubled.acknowledgedNotMarked()).isZero();
      database.execute("UPDATE outbox_event SET published_at = NULL");
      assertThat(outbox().counters().acknowledgedNotMarked()).isEqualTo(4);
    }

    private Outbox outbox() {
      return bench.engine().outbox();
    }

    private UUID publish(String aggregate, String key) {
      return bench
          .database()
          .people()
          .inTransaction(tx -> {
            tx.outbox().append("test", aggregate, "TestV1", key, Json.object());
            return tx.outbox().list(1).getFirst().id();
          });
    }

    private OutboxStore.Claim claim(UUID event) {
      return bench
          .database()
          .automation()
          .inTransaction(tx -> tx.outbox().claim("sending", event, Duration.ofMillis(300)))
          .orElseThrow();
    }

    private boolean acknowledge(OutboxStore.Claim claim) {
      return bench.database().automation().inTransaction(tx -> tx.outbox().acknowledge(claim));
    }

    private Delivery delivery(UUID event, String subscriber) {
      return outbox().evidence(event).orElseThrow().deliveries().stream()
          .filter(d -> d.subscriber().equals(subscriber))
          .findFirst()
          .orElseThrow();
    }

    private DeliveryState state(UUID event, String subscriber) {
      return delivery(event, subscriber).state();
    }

    private long dead() {
      return outbox().counters().byState().getOrDefault(DeliveryState.DEAD, 0L);
    }

    private void drain() {
      int handled;
      do {
        handled = bench.engine().dispatchEvents();
      } while (handled > 0);
    }

    private void drainUntil(java.util.concurrent.Callable<Boolean> condition) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .pollInterval(Duration.ofMillis(5))
          .until(() -> {
            drain();
            return condition.call();
          });
    }
  }

  private static final class Taking implements EventConsumer {
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

  private static final class Sending implements EventSender {
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
