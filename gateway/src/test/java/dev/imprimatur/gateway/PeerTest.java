package dev.imprimatur.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.gateway.Role;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.outbox.DeliveryState;
import dev.imprimatur.persistence.Bench;
import dev.imprimatur.persistence.Children;
import dev.imprimatur.persistence.TestDatabase;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// A subscriber that is not ours, over the npm package `ws`: it cuts itself off now and then, its
/// gateway's process is killed, and it gets everything. Needs Node, npm and the network.
@Tag("peer")
class PeerTest {
  private static final int EVENTS = 200;

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(TestDatabase.Kind.class)
  void aSubscriberOverWsGetsEverything(TestDatabase.Kind kind) throws Exception {
    try (InputStream script = getClass().getResourceAsStream("peer.js")) {
      Files.copy(Objects.requireNonNull(script), folder.resolve("peer.js"));
    }
    run("npm", "install", "--silent", "--no-audit", "--no-fund", "ws@8");
    try (TestDatabase database = TestDatabase.migrated(kind);
        ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = free.getLocalPort();
      free.close();
      String token;
      try (Bench bench = Bench.on(database.open())) {
        token = Bench.decided(bench.engine().gatewayTokens().add(Role.SUBSCRIBER, "peer")).secret();
      }
      Path seen = folder.resolve("seen.jsonl");
      ProcessBuilder node =
          new ProcessBuilder("node", "peer.js", "ws://127.0.0.1:" + port, seen.toString())
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("node.log").toFile());
      node.environment().put("TOKEN", token);
      Process peer = node.start();
      try {
        for (int kill = 1; kill <= 3; kill++) {
          Process child = child(database, port);
          long enough = count(seen) + 30;
          Awaitility.await()
              .atMost(GatewayBench.patience())
              .until(() -> count(seen) >= enough || !child.isAlive());
          child.destroyForcibly().waitFor();
        }
        Process last = child(database, port);
        assertThat(last.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(last.exitValue()).isZero();
      } finally {
        peer.destroy();
        peer.waitFor();
      }
      assertWhole(database, seen);
    }
  }

  private void assertWhole(TestDatabase database, Path file) throws Exception {
    Map<String, Set<String>> ids = new HashMap<>();
    Map<String, List<Long>> order = new HashMap<>();
    List<String> lines = Files.readAllLines(file);
    for (String line : lines) {
      JsonNode event = Json.parse(line);
      String key = event.at("/payload/key").asString();
      if (!ids.containsKey(key)) {
        order
            .computeIfAbsent(event.at("/aggregate/id").asString(), a -> new ArrayList<>())
            .add(event.path("seq").asLong());
      }
      ids.computeIfAbsent(key, k -> new HashSet<>()).add(event.path("id").asString());
    }
    System.out.printf(
        "%s: %d events, sent %d times, connections %s%n",
        database.kind(),
        ids.size(),
        lines.size(),
        Files.readString(folder.resolve("node.log")).lines().filter(l -> l.equals("in")).count());
    assertThat(ids).hasSize(EVENTS);
    assertThat(ids.values()).allSatisfy(one -> assertThat(one).hasSize(1));
    assertThat(order.values()).allSatisfy(one -> assertThat(one).isSorted());
    try (Bench bench = Bench.on(database.open())) {
      var counters = bench.engine().outbox().counters();
      assertThat(counters.sound()).isTrue();
      assertThat(counters.byState()).containsEntry(DeliveryState.ACKNOWLEDGED, (long) EVENTS);
    }
  }

  private Process child(TestDatabase database, int port) throws Exception {
    boolean h2 = database.kind() == TestDatabase.Kind.H2;
    return Children.start(
        GatewayChild.class,
        folder.resolve("child.log"),
        h2 ? database.url() : database.url().replaceAll("\\?.*", ""),
        h2 ? "" : TestDatabase.EDITOR_A,
        Integer.toString(port),
        Integer.toString(EVENTS),
        "none",
        "0");
  }

  private static long count(Path file) throws Exception {
    return Files.exists(file) ? Files.readAllLines(file).size() : 0;
  }

  private void run(String... command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("npm.log").toFile())
            .start();
    assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("npm.log"))).isZero();
  }
}
