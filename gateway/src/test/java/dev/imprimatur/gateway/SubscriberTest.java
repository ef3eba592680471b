package dev.imprimatur.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.gateway.Role;
import dev.imprimatur.engine.outbox.Delivery;
import dev.imprimatur.engine.outbox.DeliveryState;
import dev.imprimatur.persistence.TestDatabase;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Events to subscribers that connect and go, on both databases, with the JDK's own client.
class SubscriberTest {
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

    @Test
    void aSubscriberMovesBetweenTwoGatewaysAndMissesNothing() {
      String token = bench.token(Role.SUBSCRIBER);
      bench.subscriber("mover", token).cut();
      Seen seen = new Seen();
      try (GatewayBench other = GatewayBench.on(database.open())) {
        for (int i = 0; i < 40; i++) {
          bench.publish("a" + i % 4, "k" + i);
        }
        for (int move = 0; move < 10; move++) {
          GatewayBench at = move % 2 == 0 ? bench : other;
          RawClient here = at.subscriber("mover", token);
          // Some it acknowledges, some it only has seen, and then it is elsewhere.
          for (int i = 0; i < 4; i++) {
            JsonNode event = seen.take(here);
            if (i < 3) {
              here.ack(event);
            }
          }
          if (move % 3 == 0) {
            here.cut();
          }
        }
        RawClient last = other.subscriber("mover", token);
        while (seen.byKey.size() < 40) {
          last.ack(seen.take(last));
        }
        settle(last, seen);
      }
      seen.assertWhole();
      assertThat(bench.counters().sound()).isTrue();
    }

    @Test
    void theOlderConnectionIsClosedAlsoInAnotherProcess() {
      String token = bench.token(Role.SUBSCRIBER);
      RawClient older = bench.subscriber("one", token);
      try (GatewayBench other = GatewayBench.on(database.open())) {
        RawClient newer = other.subscriber("one", token);
        assertThat(older.awaitClose()).isEqualTo(CloseCode.REPLACED);
        UUID event = bench.publish("a", "a1");
        assertThat(newer.await("event").path("id").asString()).isEqualTo(event.toString());
      }
    }
  }

  abstract static class Contract {
    TestDatabase database;
    GatewayBench bench;

    abstract TestDatabase.Kind kind();

    @BeforeEach
    void open() {
      database = TestDatabase.migrated(kind());
      bench = GatewayBench.on(database.open());
    }

    @AfterEach
    void close() {
      bench.close();
      database.close();
    }

    @Test
    void anEventIsSentWithAllThatIsKnownAndStoredWhenAcknowledged() {
      RawClient client = bench.subscriber("crm");
      UUID id = bench.publish("a", "a1");
      JsonNode event = client.await("event");
      assertThat(event.path("id").asString()).isEqualTo(id.toString());
      assertThat(event.path("seq").asLong()).isPositive();
      assertThat(event.path("event_type").asString()).isEqualTo("TestV1");
      assertThat(event.at("/aggregate/type").asString()).isEqualTo("test");
      assertThat(event.at("/aggregate/id").asString()).isEqualTo("a");
      assertThat(event.path("occurred_at").asString()).isNotEmpty();
      assertThat(event.at("/payload/key").asString()).isEqualTo("a1");
      client.ack(event);
      await(() -> delivery(id).state() == DeliveryState.ACKNOWLEDGED);
      assertThat(delivery(id).subscriber()).isEqualTo("gateway:crm");
      assertThat(delivery(id).publishCount()).isEqualTo(1);
      assertThat(bench.counters().sound()).isTrue();
    }

    @Test
    void whoAcknowledgesAndGoesHasAcknowledged() {
      RawClient client = bench.subscriber("crm");
      List<UUID> ids = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        ids.add(bench.publish("a" + i, "a1"));
      }
      List<JsonNode> events = new ArrayList<>();
      while (events.size() < ids.size()) {
        events.add(client.await("event"));
      }
      events.forEach(client::ack);
      client.socket().sendClose(WebSocket.NORMAL_CLOSURE, "");
      await(() -> ids.stream().allMatch(id -> delivery(id).state() == DeliveryState.ACKNOWLEDGED));
      assertThat(bench.counters().sound()).isTrue();
    }

    @Test
    void whoWasAwayGetsWhatItMissedInOrderOfEachAggregate() {
      String token = bench.token(Role.SUBSCRIBER);
      bench.subscriber("crm", token).cut();
      for (int i = 0; i < 60; i++) {
        bench.publish("a" + i % 3, "k" + i);
      }
      RawClient back = bench.subscriber("crm", token);
      Seen seen = new Seen();
      while (seen.byKey.size() < 60) {
        back.ack(seen.take(back));
      }
      settle(back, seen);
      seen.assertWhole();
    }

    @Test
    void whatIsNotAcknowledgedComesAgainWithTheSameId() {
      RawClient client = bench.subscriber("crm");
      UUID id = bench.publish("a", "a1");
      UUID second = bench.publish("a", "a2");
      for (int i = 0; i < 5; i++) {
        assertThat(client.await("event").path("id").asString()).isEqualTo(id.toString());
      }
      // It never acknowledged anything: no attempt is counted, and nothing overtakes.
      assertThat(delivery(id).attempts()).isZero();
      assertThat(delivery(id).state()).isEqualTo(DeliveryState.PENDING);
      assertThat(delivery(id).publishCount()).isGreaterThanOrEqualTo(5);
      client.say("ack", "id", id.toString());
      JsonNode next = client.next();
      while (next.path("id").asString().equals(id.toString())) {
        next = client.next();
      }
      assertThat(next.path("id").asString()).isEqualTo(second.toString());
    }

    @Test
    void whatASubscriberPassesOverIsParkedInTheEndAndReplayed() {
      RawClient client = bench.subscriber("crm");
      UUID bad = bench.publish("bad", "bad");
      await(() -> {
        bench.publish("good", UUID.randomUUID().toString());
        for (JsonNode event : client.all()) {
          if (!event.at("/aggregate/id").asString().equals("bad")) {
            client.ack(event);
          }
        }
        return delivery(bad).state() == DeliveryState.DEAD;
      });
      assertThat(delivery(bad).attempts()).isEqualTo(3);
      assertThat(delivery(bad).lastError()).contains("not acknowledged");
      bench.engine().outbox().replay(bad, null);
      await(() -> {
        client.all().forEach(client::ack);
        return delivery(bad).state() == DeliveryState.ACKNOWLEDGED;
      });
      assertThat(bench.counters().sound()).isTrue();
    }

    @Test
    void onlyWhatIsAskedForIsDeliveredAndOnlyThatIsCounted() {
      RawClient client = bench.in(Role.SUBSCRIBER);
      client.text("{\"type\":\"subscribe\",\"name\":\"crm\",\"events\":[\"WantedV1\"]}");
      client.await("subscribed");
      bench.publish("a", "a1", "OtherV1");
      UUID wanted = bench.publish("a", "a2", "WantedV1");
      JsonNode event = client.await("event");
      assertThat(event.path("id").asString()).isEqualTo(wanted.toString());
      client.ack(event);
      await(() -> bench.pending() == 0);
      assertThat(bench.counters().byState().get(DeliveryState.ACKNOWLEDGED)).isEqualTo(1);
      assertThat(bench.counters().sound()).isTrue();
    }

    @Test
    void whoNoLongerWantsATypeIsNotSentWhatWaited() {
      String token = bench.token(Role.SUBSCRIBER);
      bench.subscriber("crm", token).cut();
      bench.publish("a", "a1", "OtherV1");
      UUID wanted = bench.publish("a", "a2", "WantedV1");
      RawClient client = RawClient.connect(bench.uri()).hello(token, Role.SUBSCRIBER);
      client.text("{\"type\":\"subscribe\",\"name\":\"crm\",\"events\":[\"WantedV1\"]}");
      client.await("subscribed");
      assertThat(client.await("event").path("id").asString()).isEqualTo(wanted.toString());
    }

    @Test
    void aNewNameMayBeginWithWhatStandsAlready() {
      for (int i = 0; i < 10; i++) {
        bench.publish("a", "k" + i);
      }
      RawClient client = bench.in(Role.SUBSCRIBER);
      long from = bench.engine().outbox().events(null, null, 100).get(4).event().sequence();
      client.text("{\"type\":\"subscribe\",\"name\":\"late\",\"from\":" + from + "}");
      assertThat(client.await("subscribed").path("new").asBoolean()).isTrue();
      Seen seen = new Seen();
      for (int i = 5; i < 10; i++) {
        client.ack(seen.take(client));
      }
      seen.assertWhole();
      assertThat(seen.byKey.keySet()).containsExactlyInAnyOrder("k5", "k6", "k7", "k8", "k9");
    }

    @Test
    void noEventFallsBetweenThoseThatStandAndThoseThatCome() throws Exception {
      for (int round = 0; round < 5; round++) {
        String name = "racer" + round;
        String at = "r" + round + "-";
        RawClient client = bench.in(Role.SUBSCRIBER);
        long from = 1 + sequence();
        var writers = new ArrayList<Thread>();
        for (int w = 0; w < 4; w++) {
          int writer = w;
          writers.add(
              Thread.ofVirtual()
                  .start(() -> {
                    for (int i = 0; i < 25; i++) {
                      bench.publish("a" + writer, at + writer + "-" + i);
                    }
                  }));
        }
        client.text("{\"type\":\"subscribe\",\"name\":\"" + name + "\",\"from\":" + from + "}");
        client.await("subscribed");
        Seen seen = new Seen();
        while (seen.byKey.size() < 100) {
          try {
            client.ack(seen.take(client));
          } catch (AssertionError e) {
            throw new AssertionError(seen.byKey.size() + " seen; " + bench.counters(), e);
          }
        }
        for (Thread writer : writers) {
          writer.join();
        }
        seen.assertWhole();
        client.cut();
      }
    }

    private long sequence() {
      var latest = bench.engine().outbox().events(null, null, 1);
      return latest.isEmpty() ? 0 : latest.getFirst().event().sequence();
    }

    @Test
    void theNewerConnectionOfANameGetsItsEvents() {
      String token = bench.token(Role.SUBSCRIBER);
      RawClient older = bench.subscriber("crm", token);
      UUID id = bench.publish("a", "a1");
      older.await("event");
      RawClient newer = bench.subscriber("crm", token);
      assertThat(older.awaitClose()).isEqualTo(CloseCode.REPLACED);
      // At once: what was out to the older is due.
      JsonNode event = newer.await("event");
      assertThat(event.path("id").asString()).isEqualTo(id.toString());
      newer.ack(event);
      await(() -> bench.pending() == 0);
    }

    @Test
    void noMoreIsOutThanTheWindowHolds() {
      bench.close();
      bench = GatewayBench.on(database.open(), "gateway.window", "5", "gateway.ack-timeout", "1h");
      RawClient client = bench.subscriber("crm");
      for (int i = 0; i < 20; i++) {
        bench.publish("a" + i, "k" + i);
      }
      await(() -> client.waiting() == 5);
      assertThat(
              database.count("SELECT count(*) FROM outbox_delivery WHERE claimed_at IS NOT NULL"))
          .isEqualTo(5);
      int acked = 0;
      while (acked < 20) {
        client.ack(client.await("event"));
        acked++;
        assertThat(client.waiting()).isLessThanOrEqualTo(5);
      }
      await(() -> bench.pending() == 0);
    }

    @Test
    void oneThatNeverAnswersHoldsUpNoneOf199Others() {
      String token = bench.token(Role.SUBSCRIBER);
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        clients.add(bench.subscriber("s" + i, token));
      }
      long start = System.nanoTime();
      for (int i = 0; i < 10; i++) {
        bench.publish("a" + i % 2, "k" + i);
      }
      Map<Integer, Set<String>> seen = new HashMap<>();
      await(() -> {
        int whole = 0;
        for (int c = 1; c < 200; c++) {
          Set<String> keys = seen.computeIfAbsent(c, n -> new HashSet<>());
          for (JsonNode event : clients.get(c).all()) {
            keys.add(event.at("/payload/key").asString());
            clients.get(c).ack(event);
          }
          whole += keys.size() == 10 ? 1 : 0;
        }
        return whole == 199;
      });
      System.out.println(
          kind()
              + ": 10 events to 199 of 200 subscribers in "
              + (System.nanoTime() - start) / 1_000_000
              + " ms");
      await(() -> bench.pending() == 10);
      assertThat(bench.counters().sound()).isTrue();
      assertThat(bench.counters().byState().get(DeliveryState.DEAD)).isZero();
      clients.forEach(RawClient::close);
    }

    Delivery delivery(UUID event) {
      return bench.engine().outbox().evidence(event).orElseThrow().deliveries().getFirst();
    }

    /// Acknowledges what comes again until nothing is left.
    void settle(RawClient client, Seen seen) {
      await(() -> {
        client.all().stream()
            .filter(m -> m.path("type").asString().equals("event"))
            .forEach(m -> {
              seen.note(m);
              client.ack(m);
            });
        return bench.pending() == 0;
      });
    }

    static void await(java.util.concurrent.Callable<Boolean> condition) {
      Awaitility.await()
          .atMost(GatewayBench.patience())
          .pollInterval(java.time.Duration.ofMillis(10))
          .until(condition);
    }
  }

  /// What a subscriber has seen: ids by key, and the first sight of each aggregate's events.
  static final class Seen {
    final Map<String, Set<String>> byKey = new HashMap<>();
    private final Map<String, List<Long>> firstSights = new HashMap<>();

    JsonNode take(RawClient client) {
      JsonNode event = client.await("event");
      note(event);
      return event;
    }

    synchronized void note(JsonNode event) {
      String key = event.at("/payload/key").asString();
      if (!byKey.containsKey(key)) {
        firstSights
            .computeIfAbsent(event.at("/aggregate/id").asString(), a -> new ArrayList<>())
            .add(event.path("seq").asLong());
      }
      byKey.computeIfAbsent(key, k -> new HashSet<>()).add(event.path("id").asString());
    }

    void assertWhole() {
      assertThat(byKey.values()).allSatisfy(ids -> assertThat(ids).hasSize(1));
      assertThat(firstSights.values()).allSatisfy(order -> assertThat(order).isSorted());
    }
  }
}
