package dev.imprimatur.gateway;

import dev.imprimatur.engine.gateway.GatewayToken;
import dev.imprimatur.engine.gateway.Role;
import dev.imprimatur.engine.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.java_websocket.exceptions.WebsocketNotConnectedException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// One client that is connected: who it is, what it has said and not yet been answered, what waits
/// to be sent to it. All of it is bounded.
final class Peer {
  private static final int SPARE_MESSAGES = 64;

  private final GuardedSocket socket;
  private final Limits limits;
  private final UUID connection = UUID.randomUUID();
  private final int mostSaid;
  private final LinkedBlockingQueue<Optional<String>> said;
  private final AtomicLong saidBytes = new AtomicLong();
  private final AtomicLong toSend = new AtomicLong();
  private final AtomicInteger unanswered = new AtomicInteger();
  private final long opened = System.nanoTime();
  private volatile @Nullable Guest guest;
  private volatile @Nullable Stream stream;
  private volatile boolean closed;
  private volatile boolean closing;
  private long pinged = System.nanoTime();

  /// Whom it was let in as.
  record Guest(GatewayToken token, String client) {
    Role role() {
      return token.role();
    }
  }

  Peer(GuardedSocket socket, Limits limits) {
    this.socket = socket;
    this.limits = limits;
    this.mostSaid = limits.window() + SPARE_MESSAGES;
    // And one place for the end.
    this.said = new LinkedBlockingQueue<>(mostSaid + 1);
  }

  /// Unique over all processes.
  UUID connection() {
    return connection;
  }

  Optional<Guest> guest() {
    return Optional.ofNullable(guest);
  }

  void letIn(Guest who) {
    guest = who;
  }

  Optional<Stream> stream() {
    return Optional.ofNullable(stream);
  }

  void stream(Stream opened) {
    stream = opened;
  }

  // What it says.

  /// Takes a message in; one that says more than is answered is cut off.
  void hear(String message) {
    unanswered.set(0);
    long bytes = saidBytes.addAndGet(message.length());
    boolean room = bytes <= 2L * limits.frame() && said.size() < mostSaid;
    if (!room || !said.offer(Optional.of(message))) {
      close(CloseCode.FLOOD, "too many messages wait to be answered");
    }
  }

  /// The next message, waiting for one; empty when the connection has ended and everything that it
  /// said before was heard.
  Optional<String> next() throws InterruptedException {
    Optional<String> message = said.take();
    message.ifPresent(text -> saidBytes.addAndGet(-text.length()));
    return message;
  }

  /// The last message it said is an answer that was asked for.
  void asked() {
    if (socket.getDraft() instanceof CountingDraft draft) {
      draft.bucket().giveBack();
    }
  }

  void pong() {
    unanswered.set(0);
  }

  // What it is told.

  /// Sends a message. One that does not read what it is sent is cut off.
  void send(ObjectNode message) {
    if (!offer(message) && isOpen()) {
      close(CloseCode.TOO_SLOW, "more than " + limits.buffer() + " bytes wait to be read");
    }
  }

  /// Sends a message if there is room for it.
  boolean offer(ObjectNode message) {
    if (!hasRoom()) {
      return false;
    }
    String text = Json.write(message);
    toSend.addAndGet(text.getBytes(StandardCharsets.UTF_8).length);
    try {
      socket.send(text);
      return true;
    } catch (WebsocketNotConnectedException e) {
      return false;
    }
  }

  /// Whether one more message may be added to what waits.
  boolean hasRoom() {
    if (!socket.hasBufferedData()) {
      toSend.set(0);
      return true;
    }
    if (toSend.get() < limits.buffer()) {
      return true;
    }
    // What was counted may have been sent since.
    long waiting = socket.waiting();
    toSend.set(waiting);
    return waiting < limits.buffer();
  }

  /// Counts what is sent to it otherwise.
  void count(int bytes) {
    toSend.addAndGet(bytes);
  }

  boolean isOpen() {
    return !closed && socket.isOpen();
  }

  void close(int code, String why) {
    if (!closing) {
      closing = true;
      socket.close(code, why);
    }
  }

  /// Called when the connection has ended.
  void ended() {
    closed = true;
    said.offer(Optional.empty());
  }

  /// Whether what it says counts: that of somebody who was sent away does not, nor that of a
  /// stranger who has gone.
  boolean counts() {
    return !closing && (!closed || guest != null);
  }

  boolean hasEnded() {
    return closed;
  }

  // What time brings.

  /// Looks whether it has kept its times.
  ///
  /// @param now of `System.nanoTime()`
  void tick(long now) {
    if (closing || !socket.isOpen()) {
      return;
    }
    if (guest == null && now - opened > limits.hello().toNanos()) {
      close(CloseCode.NOT_LET_IN, "no hello within " + limits.hello().toMillis() + " ms");
      return;
    }
    if (now - pinged >= limits.ping().toNanos()) {
      pinged = now;
      ping();
    }
  }

  private void ping() {
    if (unanswered.getAndIncrement() >= 2) {
      close(CloseCode.NO_ANSWER, "two pings went unanswered");
      return;
    }
    try {
      socket.sendPing();
    } catch (WebsocketNotConnectedException e) {
      // It is closing.
    }
  }
}
