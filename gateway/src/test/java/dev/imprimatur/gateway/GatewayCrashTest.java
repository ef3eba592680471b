package dev.imprimatur.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.gateway.Role;
import dev.imprimatur.engine.outbox.DeliveryState;
import dev.imprimatur.gateway.client.GatewayClient;
import dev.imprimatur.gateway.client.ReceivedEvent;
import dev.imprimatur.persistence.Bench;
import dev.imprimatur.persistence.Children;
import dev.imprimatur.persistence.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The process that serves the gateway dies with events in flight, at each boundary there is and at
/// any moment: a subscriber that comes back gets each at least once, with one id, in order of each
/// aggregate.
class GatewayCrashTest {
  private static final int EVENTS = 40;

  /// Those that a process without a gateway can't reach.
  private static final List<FaultPoint> POINTS =
      List.of(
          FaultPoint.SUBSCRIBER_ADDED,
          FaultPoint.PUSH_CLAIMED,
          FaultPoint.PUSH_SENT,
          FaultPoint.ACK_RECEIVED,
          FaultPoint.ACK_STORED);

  @TempDir private Path folder;
  private final Map<String, Set<String>> ids = new HashMap<>();
  private final Map<String, List<Long>> order = new HashMap<>();
  private final AtomicInteger seen = new AtomicInteger();

  static Stream<Arguments> everyPointOnBothDatabases() {
    return Stream.of(TestDatabase.Kind.values())
        .flatMap(kind -> POINTS.stream().map(point -> Arguments.of(kind, point)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("everyPointOnBothDatabases")
  void atEachBoundary(TestDatabase.Kind kind, FaultPoint point) throws Exception {
    try (TestDatabase database = TestDatabase.migrated(kind)) {
      int port = freePort();
      try (GatewayClient client = client(port, token(database))) {
        String time = point == FaultPoint.SUBSCRIBER_ADDED ? "1" : "3";
        assertThat(end(child(database, port, point.code(), time)))
            .as("the process reaches %s and halts there", point.code())
            .isEqualTo(137);
        assertThat(end(child(database, port, "none", "0"))).isZero();
        assertThat(client.ended()).isNotDone();
      }
      assertWhole(database);
    }
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.Kind.class)
  void atAnyMoment(TestDatabase.Kind kind) throws Exception {
    try (TestDatabase database = TestDatabase.migrated(kind)) {
      int port = freePort();
      try (GatewayClient client = client(port, token(database))) {
        for (int kill = 1; kill <= 3; kill++) {
          Process child = child(database, port, "none", "0");
          int enough = seen.get() + 5;
          Awaitility.await()
              .atMost(GatewayBench.patience())
              .until(() -> seen.get() >= enough || !child.isAlive());
          child.destroyForcibly();
          end(child);
        }
        assertThat(end(child(database, port, "none", "0"))).isZero();
        assertThat(client.ended()).isNotDone();
      }
      assertWhole(database);
    }
  }

  private GatewayClient client(int port, String token) {
    return GatewayClient.subscriber(
        new GatewayClient.Address(
            URI.create("ws://127.0.0.1:" + port), token, "crash", Optional.empty()),
        new GatewayClient.Subscription("crm", Set.of(), OptionalLong.of(0)),
        this::take);
  }

  private synchronized void take(ReceivedEvent event) {
    String key = event.payload().path("key").asString();
    if (!ids.containsKey(key)) {
      order.computeIfAbsent(event.aggregateId(), a -> new ArrayList<>()).add(event.sequence());
    }
    ids.computeIfAbsent(key, k -> new HashSet<>()).add(event.id().toString());
    seen.incrementAndGet();
  }

  private synchronized void assertWhole(TestDatabase database) {
    assertThat(ids).hasSize(EVENTS);
    assertThat(ids.values()).allSatisfy(one -> assertThat(one).hasSize(1));
    assertThat(order.values()).allSatisfy(one -> assertThat(one).isSorted());
    try (Bench bench = Bench.on(database.open())) {
      var counters = bench.engine().outbox().counters();
      assertThat(counters.sound()).isTrue();
      assertThat(counters.byState())
          .containsEntry(DeliveryState.ACKNOWLEDGED, (long) EVENTS)
          .containsEntry(DeliveryState.PENDING, 0L)
          .containsEntry(DeliveryState.DEAD, 0L);
    }
  }

  private static String token(TestDatabase database) {
    try (Bench bench = Bench.on(database.open())) {
      return Bench.decided(bench.engine().gatewayTokens().add(Role.SUBSCRIBER, "crash")).secret();
    }
  }

  private Process child(TestDatabase database, int port, String point, String time)
      throws IOException {
    boolean h2 = database.kind() == TestDatabase.Kind.H2;
    return Children.start(
        GatewayChild.class,
        folder.resolve("child.log"),
        h2 ? database.url() : database.url().replaceAll("\\?.*", ""),
        h2 ? "" : TestDatabase.EDITOR_A,
        Integer.toString(port),
        Integer.toString(EVENTS),
        point,
        time);
  }

  private int end(Process child) throws IOException, InterruptedException {
    if (!child.waitFor(120, TimeUnit.SECONDS)) {
      child.destroyForcibly();
      throw new AssertionError(
          "the child hangs:\n" + Files.readString(folder.resolve("child.log")));
    }
    int status = child.exitValue();
    if (status != 0 && status != 137) {
      throw new AssertionError(
          "the child failed with "
              + status
              + ":\n"
              + Files.readString(folder.resolve("child.log")));
    }
    return status;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
