package dev.imprimatur.gateway;

import static dev.imprimatur.persistence.Bench.decided;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.gateway.Role;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.outbox.DeliveryState;
import dev.imprimatur.engine.outbox.OutboxCounters;
import dev.imprimatur.gateway.client.GatewayClient;
import dev.imprimatur.persistence.Bench;
import dev.imprimatur.persistence.Database;
import dev.imprimatur.persistence.Scripted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// An engine over a test database and a gateway over it, as quick as settings allow.
public final class GatewayBench implements AutoCloseable {
  private static final Map<String, String> QUICK =
      Map.of(
          "gateway.hello-timeout", "20s",
          "gateway.ack-timeout", "400ms",
          "gateway.ping-interval", "10s",
          "queue.retry-longest", "20ms",
          "outbox.max-attempts", "3");

  private final Bench bench;
  private final Gateway gateway;

  private GatewayBench(Bench bench, Gateway gateway) {
    this.bench = bench;
    this.gateway = gateway;
  }

  static GatewayBench on(Database database, String... settings) {
    return on(database, 0, FaultPoints.NONE, settings);
  }

  /// @param settings names and values, beside the quick ones
  static GatewayBench on(Database database, int port, FaultPoints faults, String... settings) {
    Map<String, String> all = new HashMap<>(QUICK);
    for (int i = 0; i < settings.length; i += 2) {
      all.put(settings[i], settings[i + 1]);
    }
    Bench bench = Bench.on(database, Scripted.providers(), Engine.Extensions.NONE, faults, all);
    try {
      Limits usual = Limits.of(bench.engine().settings());
      return new GatewayBench(
          bench,
          Gateway.open(
              bench.engine(),
              new Gateway.Options(
                  new InetSocketAddress("127.0.0.1", port),
                  Optional.empty(),
                  usual,
                  bench.engine().judgeDesk())));
    } catch (IOException e) {
      bench.close();
      throw new UncheckedIOException(e);
    }
  }

  Engine engine() {
    return bench.engine();
  }

  Gateway gateway() {
    return gateway;
  }

  Bench bench() {
    return bench;
  }

  URI uri() {
    return URI.create("ws://127.0.0.1:" + gateway.port() + "/");
  }

  String token(Role role) {
    return decided(engine().gatewayTokens().add(role, "a test")).secret();
  }

  /// A client let in as this role.
  RawClient in(Role role) {
    return RawClient.connect(uri()).hello(token(role), role);
  }

  /// A subscriber that has subscribed.
  RawClient subscriber(String name) {
    return subscriber(name, token(Role.SUBSCRIBER));
  }

  RawClient subscriber(String name, String token) {
    RawClient client = RawClient.connect(uri()).hello(token, Role.SUBSCRIBER);
    client.say("subscribe", "name", name);
    client.await("subscribed");
    return client;
  }

  GatewayClient.Address address() {
    return new GatewayClient.Address(uri(), token(Role.SUBSCRIBER), "test", Optional.empty());
  }

  UUID publish(String aggregate, String key) {
    return publish(aggregate, key, "TestV1");
  }

  UUID publish(String aggregate, String key, String type) {
    return bench
        .database()
        .people()
        .inTransaction(tx -> {
          tx.outbox().append("test", aggregate, type, key, Json.object().put("key", key));
          return tx.outbox().list(1).getFirst().id();
        });
  }

  OutboxCounters counters() {
    return engine().outbox().counters();
  }

  long pending() {
    return counters().byState().getOrDefault(DeliveryState.PENDING, 0L);
  }

  static Duration patience() {
    return Duration.ofSeconds(40);
  }

  @Override
  public void close() {
    gateway.close();
    bench.close();
  }
}
