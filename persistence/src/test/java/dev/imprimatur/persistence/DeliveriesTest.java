package dev.imprimatur.persistence;

import static dev.imprimatur.persistence.Bench.decided;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imprimatur.engine.outbox.Delivery;
import dev.imprimatur.engine.outbox.DeliveryState;
import dev.imprimatur.engine.outbox.OutboxCounters;
import dev.imprimatur.engine.store.OutboxStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Who hands a delivery over, when, and how often; what the database refuses and the counters
/// count; on both databases.
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

  abstract static class Contract extends DeliveriesContract {
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
  }
}
