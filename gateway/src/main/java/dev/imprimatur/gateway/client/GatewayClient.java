package dev.imprimatur.gateway.client;

import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.queue.RetryPolicy;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A client of the gateway that comes back: whatever cuts it off, it connects again after a pause
/// that doubles, up to half a minute, and says hello and subscribes as before. Only a token that
/// does not hold and a newer connection of the same subscriber end it.
///
/// Events are handed to the handler one after the other, and acknowledged when it returns. Where it
/// throws, the event is not acknowledged, and comes again. An event may come more than once, always
/// with the same id: telling what was handled before is the handler's.
public final class GatewayClient implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GatewayClient.class);
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final int NOT_LET_IN = 4401;
  private static final int REPLACED = 4409;

  private final Address address;
  private final ObjectNode hello;
  private final @Nullable ObjectNode subscription;
  private final Handler handler;
  private final Consumer<JsonNode> notices;
  private final BlockingQueue<Work> work = new LinkedBlockingQueue<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final CompletableFuture<String> ended = new CompletableFuture<>();
  private final Thread connecting;
  private final Thread handling;
  private volatile @Nullable Link link;

  /// Where the gateway is, and who comes.
  ///
  /// @param uri `ws://…` or `wss://…`
  /// @param token that an administrator made
  /// @param client its name, for people
  /// @param tls for `wss` with a certificate of one's own; empty for those the JDK trusts
  public record Address(URI uri, String token, String client, Optional<SSLContext> tls) {
    @Override
    public String toString() {
      // Without the token.
      return uri + " as " + client;
    }
  }

  /// What is subscribed to.
  ///
  /// @param name under which deliveries are kept: who comes again with it goes on where it was
  /// @param types of events; empty for all
  /// @param from sequence of the first event, where the name is new; empty for those written from
  ///   now on
  public record Subscription(String name, Set<String> types, OptionalLong from) {}

  /// Takes events.
  @FunctionalInterface
  public interface Handler {
    /// Handles one event. When it returns, the event is acknowledged and never sent again.
    void handle(ReceivedEvent event) throws Exception;
  }

  private record Work(Link from, ReceivedEvent event) {}

  /// A client that takes events.
  public static GatewayClient subscriber(
      Address address, Subscription subscription, Handler handler) {
    ObjectNode message = Json.object().put("type", "subscribe").put("name", subscription.name());
    if (!subscription.types().isEmpty()) {
      var types = message.putArray("events");
      subscription.types().forEach(types::add);
    }
    subscription.from().ifPresent(from -> message.put("from", from));
    return new GatewayClient(address, "subscriber", message, handler, notice -> {});
  }

  /// A client that hears what changes and who is where: messages of type `change`, `presence`, and
  /// `look_again`, which also comes whenever it was cut off in between.
  ///
  /// @param notices called by one thread, and must return soon
  public static GatewayClient console(Address address, Consumer<JsonNode> notices) {
    return new GatewayClient(address, "console", null, event -> {}, notices);
  }

  private GatewayClient(
      Address address,
      String role,
      @Nullable ObjectNode subscription,
      Handler handler,
      Consumer<JsonNode> notices) {
    this.address = address;
    this.hello =
        Json.object()
            .put("type", "hello")
            .put("token", address.token())
            .put("client", address.client())
            .put("role", role);
    this.subscription = subscription;
    this.handler = handler;
    this.notices = notices;
    this.connecting = Thread.ofVirtual().name("gateway-client").unstarted(this::stayConnected);
    this.handling = Thread.ofVirtual().name("gateway-client-events").unstarted(this::handleAll);
    connecting.start();
    handling.start();
  }

  /// Whether it is connected and let in.
  public boolean connected() {
    Link now = link;
    return now != null && now.isIn();
  }

  /// Completed with the reason when it has ended for good.
  public CompletableFuture<String> ended() {
    return ended;
  }

  /// Says something, such as a console's presence.
  ///
  /// @return false if it is not connected
  public boolean say(JsonNode message) {
    Link now = link;
    return now != null && now.isIn() && now.say(Json.write(message));
  }

  private void stayConnected() {
    var pauses =
        new RetryPolicy(
            SHORTEST_PAUSE, LONGEST_PAUSE, () -> ThreadLocalRandom.current().nextDouble());
    int failures = 0;
    String why = "closed";
    try {
      while (closing.getCount() > 0) {
        var next = new Link(address, Json.write(hello), this::received);
        link = next;
        int code = next.runToEnd(closing);
        if (code == NOT_LET_IN || code == REPLACED) {
          why = "the gateway closed with " + code + ": " + next.reason();
          LOG.warn("{}: {}", address, why);
          break;
        }
        failures = next.wasIn() ? 1 : failures + 1;
        closing.await(pauses.delayAfter(failures).toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      why = "interrupted";
    } finally {
      closing.countDown();
      ended.complete(why);
    }
  }

  private void received(Link from, JsonNode message) {
    switch (message.path("type").asString("")) {
      case "welcome" -> {
        if (subscription != null) {
          from.say(Json.write(subscription));
        } else {
          // Changes while it was away went by unheard.
          notices.accept(Json.object().put("type", "look_again"));
        }
      }
      case "event" -> work.add(new Work(from, event(message)));
      case "error" -> {
        LOG.warn("{}: {}", address, Json.write(message));
        if (message.path("code").asString("").equals("busy")) {
          // Nothing was subscribed: from the start.
          from.end();
        }
      }
      default -> notices.accept(message);
    }
  }

  private static ReceivedEvent event(JsonNode node) {
    return new ReceivedEvent(
        UUID.fromString(node.path("id").asString()),
        node.path("seq").asLong(),
        node.path("event_type").asString(),
        node.at("/aggregate/type").asString(),
        node.at("/aggregate/id").asString(),
        Instant.parse(node.path("occurred_at").asString()),
        node.path("payload"));
  }

  private void handleAll() {
    try {
      while (closing.getCount() > 0) {
        Work next = work.poll(50, TimeUnit.MILLISECONDS);
        // What came over a connection that is gone comes again over the next one.
        if (next != null && next.from() == link && next.from().isIn()) {
          handle(next);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void handle(Work next) {
    try {
      handler.handle(next.event());
    } catch (Exception e) {
      LOG.warn(
          "{}: event {} was not handled, and will come again: {}",
          address,
          next.event().id(),
          e.getMessage());
      return;
    }
    next.from()
        .say(Json.write(Json.object().put("type", "ack").put("id", next.event().id().toString())));
  }

  /// Takes no further event, finishes the one at hand with its acknowledgement, and goes.
  @Override
  public void close() {
    closing.countDown();
    try {
      handling.join(Duration.ofSeconds(30));
      Link now = link;
      if (now != null) {
        now.end();
      }
      connecting.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
