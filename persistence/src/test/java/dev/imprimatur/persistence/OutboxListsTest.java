package dev.imprimatur.persistence;

import static dev.imprimatur.persistence.Bench.decided;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.outbox.DeliveryState;
import dev.imprimatur.engine.outbox.EventConsumer;
import dev.imprimatur.engine.outbox.Evidence;
import dev.imprimatur.engine.outbox.Outbox;
import dev.imprimatur.engine.outbox.OutboxEvent;
import dev.imprimatur.engine.outbox.OutboxQuery;
import dev.imprimatur.engine.store.Transaction;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Long lists of events, on both databases.
class OutboxListsTest {
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

  /// Takes everything but what is told to fail.
  private record Taking(String name) implements EventConsumer {
    @Override
    public void handle(Transaction tx, OutboxEvent event) {
      if (event.payload().path("fails").asString("").equals(name)) {
        throw new IllegalStateException("No Room for " + event.key());
      }
    }
  }

  abstract static class Contract extends BenchContract {
    @Override
    Bench bench(Database open) {
      return Bench.on(
          open,
          Scripted.providers(),
          new Engine.Extensions(List.of(), List.of(new Taking("one"), new Taking("two"))),
          FaultPoints.NONE,
          Map.of("outbox.max-attempts", "2"));
    }

    @BeforeEach
    void fill() {
      publish("article", "a", "fruit.ripe", "ripe:a", "one");
      publish("article", "b", "fruit.ripe", "ripe:b", "");
      publish("basket", "c", "basket.full", "full:50%", "two");
      publish("basket", "d", "basket.full", "full:d", "");
      Awaitility.await()
          .until(() -> {
            bench.engine().dispatchEvents();
            return bench.engine().counts().deadDeliveries() == 2;
          });
    }

    private void publish(String aggregate, String id, String type, String key, String fails) {
      bench
          .database()
          .automation()
          .run(tx ->
              tx.outbox().append(aggregate, id, type, key, Json.object().put("fails", fails)));
    }

    private Outbox outbox() {
      return bench.engine().outbox();
    }

    private List<String> keys(OutboxQuery query) {
      List<UUID> order = outbox().order(query);
      Map<UUID, Evidence> rows = outbox().rows(order);
      assertThat(rows.values()).allSatisfy(e -> assertThat(e.deliveries()).hasSize(2));
      return order.stream().map(id -> rows.get(id).event().key()).toList();
    }

    private List<String> searched(String words) {
      return keys(new OutboxQuery(null, null, null, words));
    }

    @Test
    void whatIsDeadComesFirstThenTheNewest() {
      assertThat(keys(OutboxQuery.ALL)).containsExactly("full:50%", "ripe:a", "full:d", "ripe:b");
      UUID first = outbox().order(OutboxQuery.ALL).getFirst();
      decided(outbox().skip(first, null, "not needed"));
      assertThat(keys(OutboxQuery.ALL)).containsExactly("ripe:a", "full:d", "full:50%", "ripe:b");
      assertThat(bench.engine().counts().deadDeliveries()).isEqualTo(1);
    }

    @Test
    void eventsAreFoundBySubscriberStateAndType() {
      assertThat(keys(new OutboxQuery("one", DeliveryState.DEAD, null, "")))
          .containsExactly("ripe:a");
      assertThat(keys(new OutboxQuery(null, DeliveryState.DEAD, null, "")))
          .containsExactly("full:50%", "ripe:a");
      assertThat(keys(new OutboxQuery("two", DeliveryState.ACKNOWLEDGED, "fruit.ripe", "")))
          .containsExactly("ripe:a", "ripe:b");
      assertThat(keys(new OutboxQuery(null, DeliveryState.SKIPPED, null, ""))).isEmpty();
      assertThat(keys(new OutboxQuery("nobody", null, null, ""))).isEmpty();
      assertThat(outbox().types()).containsExactly("basket.full", "fruit.ripe");
    }

    @Test
    void everyWordIsLookedForInKeyTypeAggregateIdAndErrors() {
      assertThat(searched("RIPE:")).containsExactly("ripe:a", "ripe:b");
      assertThat(searched("50%")).containsExactly("full:50%");
      assertThat(searched("basket full:d")).containsExactly("full:d");
      assertThat(searched("no room ripe")).containsExactly("ripe:a");
      UUID id = outbox().order(OutboxQuery.ALL).getLast();
      assertThat(searched(id.toString().substring(0, 18))).containsExactly("ripe:b");
      assertThat(searched("nothing of the kind")).isEmpty();
      assertThat(outbox().rows(List.of(UUID.randomUUID()))).isEmpty();
    }
  }
}
