package dev.imprimatur.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.gateway.Role;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.gateway.client.GatewayClient;
import dev.imprimatur.persistence.TestDatabase;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The client that comes back.
class ClientTest {
  private TestDatabase database;
  private GatewayBench bench;

  @BeforeEach
  void open() {
    database = TestDatabase.migrated(TestDatabase.Kind.H2);
    bench = GatewayBench.on(database.open());
  }

  @AfterEach
  void close() {
    bench.close();
    database.close();
  }

  private static GatewayClient.Subscription all(String name) {
    return new GatewayClient.Subscription(name, Set.of(), OptionalLong.of(0));
  }

  private static void await(java.util.concurrent.Callable<Boolean> condition) {
    Awaitility.await().atMost(GatewayBench.patience()).until(condition);
  }

  @Test
  void itGoesOnWhereItWasWhenTheGatewayComesBack() {
    int port = bench.gateway().port();
    List<String> keys = new CopyOnWriteArrayList<>();
    try (GatewayClient client =
        GatewayClient.subscriber(
            bench.address(),
            all("crm"),
            event -> keys.add(event.payload().path("key").asString()))) {
      bench.publish("a", "before");
      await(() -> keys.contains("before") && bench.pending() == 0);
      bench.close();
      bench = GatewayBench.on(database.open(), port, dev.imprimatur.engine.fault.FaultPoints.NONE);
      bench.publish("a", "after");
      await(() -> keys.contains("after"));
      assertThat(client.ended()).isNotDone();
    }
    await(() -> bench.pending() == 0);
    assertThat(keys).containsExactly("before", "after");
  }

  @Test
  void whatTheHandlerThrowsAtComesAgain() {
    var tries = new AtomicInteger();
    try (GatewayClient client =
        GatewayClient.subscriber(
            bench.address(),
            all("crm"),
            event -> {
              if (tries.incrementAndGet() < 3) {
                throw new IllegalStateException("not yet");
              }
            })) {
      bench.publish("a", "a1");
      await(() -> tries.get() >= 3 && bench.pending() == 0);
      assertThat(client.connected()).isTrue();
    }
  }

  @Test
  void closingFinishesWhatIsAtHand() throws Exception {
    var started = new java.util.concurrent.CountDownLatch(1);
    var go = new java.util.concurrent.CountDownLatch(1);
    GatewayClient client =
        GatewayClient.subscriber(
            bench.address(),
            all("crm"),
            event -> {
              started.countDown();
              go.await();
            });
    bench.publish("a", "a1");
    assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
    Thread closing = Thread.ofVirtual().start(client::close);
    go.countDown();
    closing.join();
    assertThat(client.ended()).isDone();
    await(() -> bench.pending() == 0);
  }

  @Test
  void aTokenThatDoesNotHoldEndsIt() throws Exception {
    var address = new GatewayClient.Address(bench.uri(), "imp_wrong", "test", Optional.empty());
    assertThat(address.toString()).doesNotContain("imp_wrong");
    try (GatewayClient client = GatewayClient.subscriber(address, all("crm"), event -> {})) {
      assertThat(client.ended().get(30, TimeUnit.SECONDS)).contains("4401");
    }
  }

  @Test
  void aNewerOneOfTheSameNameEndsIt() throws Exception {
    GatewayClient.Address address = bench.address();
    try (GatewayClient older = GatewayClient.subscriber(address, all("crm"), event -> {})) {
      await(() -> bench.gateway().subscribers() == 1);
      List<String> keys = new CopyOnWriteArrayList<>();
      try (GatewayClient newer =
          GatewayClient.subscriber(
              address, all("crm"), event -> keys.add(event.payload().path("key").asString()))) {
        assertThat(older.ended().get(30, TimeUnit.SECONDS)).contains("4409");
        bench.publish("a", "a1");
        await(() -> keys.contains("a1"));
        assertThat(newer.connected()).isTrue();
      }
    }
  }

  @Test
  void aConsoleHearsThatItMayHaveMissedSomething() {
    List<JsonNode> notices = new CopyOnWriteArrayList<>();
    var address =
        new GatewayClient.Address(bench.uri(), bench.token(Role.CONSOLE), "test", Optional.empty());
    try (GatewayClient console = GatewayClient.console(address, notices::add)) {
      await(() -> notices.stream().anyMatch(n -> n.path("type").asString().equals("look_again")));
      assertThat(
              console.say(
                  Json.object()
                      .put("type", "presence")
                      .put("entity", "article")
                      .put("id", "a")
                      .put("state", "looking")))
          .isTrue();
    }
  }
}
