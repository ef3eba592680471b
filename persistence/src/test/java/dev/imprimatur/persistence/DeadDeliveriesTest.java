package dev.imprimatur.persistence;

import static dev.imprimatur.persistence.Bench.decided;
import static dev.imprimatur.persistence.Bench.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.outbox.Delivery;
import dev.imprimatur.engine.outbox.DeliveryState;
import dev.imprimatur.engine.outbox.Evidence;
import dev.imprimatur.engine.outbox.Outbox;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Deliveries that fail until they are dead, are replayed, skipped, sent again, on both databases.
class DeadDeliveriesTest {
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
  }
}
