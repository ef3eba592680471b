package dev.imprimatur.gateway;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.gateway.GatewayTokens;
import dev.imprimatur.engine.judge.JudgeDesk;
import dev.imprimatur.engine.queue.WakeUps;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The WebSocket gateway over an engine. Any number may run over one database: a subscriber may
/// come to any of them.
public final class Gateway implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
  private static final long TICK_MILLIS = 50;

  /// How long what clients have said is heard when the gateway stops.
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private final Engine engine;
  private final Limits limits;
  private final Listener listener;
  private final ConsoleHub consoles = new ConsoleHub();
  private final WakeUps bell = new WakeUps();
  private final Returns returns;
  private final Streams streams;
  private final Dialogue dialogue;
  private final Runnable endWatch;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();
  private final Map<Peer, Thread> talks = new ConcurrentHashMap<>();

  /// Where and how the gateway is served.
  ///
  /// @param address port 0 for any that is free
  /// @param tls what it is secured with; must be there for any address but this machine's own
  /// @param desk where judges go
  public record Options(
      InetSocketAddress address, Optional<SSLContext> tls, Limits limits, JudgeDesk desk) {}

  /// Opens a gateway.
  ///
  /// @throws IOException if it can't listen there
  /// @throws IllegalArgumentException if others could listen in: not on loopback, and no TLS
  public static Gateway open(Engine engine, Options options) throws IOException {
    if (options.address().isUnresolved()) {
      throw new IOException("there is no host '" + options.address().getHostString() + "'");
    }
    if (options.tls().isEmpty() && !options.address().getAddress().isLoopbackAddress()) {
      throw new IllegalArgumentException(
          options.address().getHostString()
              + " can be reached by others: their tokens need TLS. Give a keystore, or listen on"
              + " 127.0.0.1");
    }
    var gateway = new Gateway(engine, options);
    try {
      gateway.start();
    } catch (InterruptedException e) {
      gateway.close();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (IOException e) {
      gateway.close();
      throw e;
    }
    return gateway;
  }

  private Gateway(Engine engine, Options options) {
    this.engine = engine;
    this.limits = options.limits();
    this.returns = new Returns(engine.subscribers(), engine.retries(), limits.maxAttempts(), bell);
    this.streams = new Streams(engine, limits, returns, bell);
    this.dialogue = new Dialogue(engine, options.desk(), streams, consoles, limits);
    this.listener = new Listener(options.address(), options.tls(), limits, this::came);
    this.endWatch = engine.watch(consoles);
  }

  private void start() throws IOException, InterruptedException {
    listener.open();
    threads.add(thread("feed", streams));
    threads.add(thread("returns", returns));
    threads.add(thread("ears", this::listen));
    threads.add(thread("clock", this::tick));
    LOG.info("the gateway listens on port {}", port());
  }

  private static Thread thread(String name, Runnable body) {
    return Thread.ofPlatform().name("gateway-" + name).daemon(true).start(body);
  }

  /// The port it listens on.
  public int port() {
    return listener.getPort();
  }

  /// How many clients are connected.
  public int connections() {
    return listener.peers().size();
  }

  /// How many of them subscribe.
  public int subscribers() {
    return streams.size();
  }

  private void came(Peer peer) {
    Thread talk =
        Thread.ofVirtual()
            .name("gateway-client-" + peer.connection())
            .unstarted(() -> {
              try {
                dialogue.with(peer);
              } finally {
                went(peer);
                talks.remove(peer);
              }
            });
    talks.put(peer, talk);
    talk.start();
  }

  private void went(Peer peer) {
    consoles.leave(peer);
    peer.stream().ifPresent(streams::ended);
  }

  /// Hears the engine's bell: there may be events, and tokens may have been revoked.
  private void listen() {
    try {
      while (stop.getCount() > 0) {
        long seen = engine.wakeUps().countForEvents();
        bell.ring();
        try {
          closeRevoked();
        } catch (RuntimeException e) {
          LOG.warn("tokens can't be checked for now: {}", e.getMessage());
        }
        engine.wakeUps().awaitForEvents(seen, limits.poll().toMillis());
      }
    } catch (InterruptedException e) {
      LOG.warn("the gateway's ears were interrupted");
    }
  }

  private void closeRevoked() {
    GatewayTokens tokens = engine.gatewayTokens();
    Map<UUID, List<Peer>> byToken =
        listener.peers().stream()
            .filter(p -> p.guest().isPresent())
            .collect(Collectors.groupingBy(p -> p.guest().orElseThrow().token().id()));
    Set<UUID> revoked = tokens.revoked(byToken.keySet());
    byToken.forEach((token, peers) -> {
      if (revoked.contains(token)) {
        peers.forEach(p -> p.close(CloseCode.NOT_LET_IN, "the token was revoked"));
      }
    });
  }

  private void tick() {
    try {
      while (!stop.await(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
        try {
          long now = System.nanoTime();
          listener.tick();
          listener.peers().forEach(peer -> peer.tick(now));
          streams.tick(now);
        } catch (RuntimeException e) {
          LOG.error("the gateway's clock", e);
        }
      }
    } catch (InterruptedException e) {
      LOG.warn("the gateway's clock was interrupted");
    }
  }

  /// Sends the clients away and gives back what was out to them.
  @Override
  public void close() {
    endWatch.run();
    boolean interrupted = false;
    try {
      streams.stop();
      listener.peers().forEach(p -> p.close(CloseCode.GOING_AWAY, "the gateway stops"));
      listener.stop(2_000, "the gateway stops");
      listener.peers().forEach(Peer::ended);
      long until = System.nanoTime() + LAST_WORDS.toNanos();
      for (Thread talk : List.copyOf(talks.values())) {
        talk.join(Duration.ofNanos(Math.max(0, until - System.nanoTime())));
      }
      // Whoever waits for the database still.
      talks.keySet().forEach(this::went);
      stop.countDown();
      returns.stop();
      for (Thread thread : threads) {
        thread.join(Duration.ofSeconds(5));
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
