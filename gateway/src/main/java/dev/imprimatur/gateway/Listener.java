package dev.imprimatur.gateway;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.java_websocket.WebSocket;
import org.java_websocket.framing.Framedata;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The sockets: lets in who may come, and hands what they say on. Nothing here waits for anything.
final class Listener extends WebSocketServer {
  private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

  /// Beyond those that may stay, so many are told why they may not.
  private static final int SPARE_CONNECTIONS = 256;

  private final Limits limits;
  private final GuardedFactory factory;
  private final Consumer<Peer> came;
  private final Set<Peer> peers = ConcurrentHashMap.newKeySet();
  private final CountDownLatch started = new CountDownLatch(1);
  private volatile @Nullable Exception failure;

  Listener(
      InetSocketAddress address, Optional<SSLContext> tls, Limits limits, Consumer<Peer> came) {
    super(address, List.of(new CountingDraft(limits)));
    this.limits = limits;
    this.came = came;
    this.factory = new GuardedFactory(tls, limits.connections() + SPARE_CONNECTIONS);
    setWebSocketFactory(factory);
    setReuseAddr(true);
    setTcpNoDelay(true);
    setDaemon(true);
    setMaxPendingConnections(SPARE_CONNECTIONS);
    // Our own clock asks whether clients live.
    setConnectionLostTimeout(0);
  }

  /// Waits until it listens.
  ///
  /// @throws java.io.IOException if it can't
  void open() throws java.io.IOException, InterruptedException {
    start();
    boolean inTime = started.await(10, TimeUnit.SECONDS);
    Exception why = failure;
    if (why != null || !inTime) {
      throw new java.io.IOException(why == null ? "it does not start" : why.getMessage(), why);
    }
  }

  Set<Peer> peers() {
    return peers;
  }

  /// Cuts off who takes too long to shake hands, or to go.
  void tick() {
    for (GuardedSocket socket : factory.sockets()) {
      if (socket.isClosed()) {
        factory.sockets().remove(socket);
      } else if (socket.shaking() && socket.ageNanos() > limits.hello().toNanos()) {
        socket.closeConnection(CloseCode.NOT_LET_IN, "no handshake in time");
      } else {
        socket.endLinger();
      }
    }
  }

  @Override
  public void onStart() {
    started.countDown();
  }

  @Override
  public void onOpen(WebSocket socket, ClientHandshake handshake) {
    var peer = new Peer((GuardedSocket) socket, limits);
    socket.setAttachment(peer);
    String origin = handshake.getFieldValue("Origin");
    if (!origin.isEmpty() && !limits.origins().contains(origin)) {
      socket.close(CloseCode.ORIGIN, "web pages of this origin may not connect");
    } else if (peers.size() >= limits.connections()) {
      socket.close(CloseCode.TRY_LATER, "too many are connected");
    } else {
      peers.add(peer);
      came.accept(peer);
    }
  }

  @Override
  public void onMessage(WebSocket socket, String message) {
    Peer peer = socket.getAttachment();
    if (peer != null && peers.contains(peer)) {
      peer.hear(message);
    }
  }

  @Override
  public void onMessage(WebSocket socket, ByteBuffer message) {
    socket.close(CloseCode.TEXT_ONLY, "messages are text");
  }

  @Override
  public void onWebsocketPing(WebSocket socket, Framedata ping) {
    Peer peer = socket.getAttachment();
    // Who asks and does not read the answers gets none.
    if (peer != null && peer.hasRoom()) {
      peer.count(ping.getPayloadData().remaining() + 2);
      super.onWebsocketPing(socket, ping);
    }
  }

  @Override
  public void onWebsocketPong(WebSocket socket, Framedata pong) {
    Peer peer = socket.getAttachment();
    if (peer != null) {
      peer.pong();
    }
  }

  @Override
  public void onClose(WebSocket socket, int code, @Nullable String reason, boolean remote) {
    if (socket instanceof GuardedSocket guarded) {
      factory.sockets().remove(guarded);
    }
    Peer peer = socket.getAttachment();
    if (peer != null && peers.remove(peer)) {
      LOG.debug("connection {} has ended: {} {}", peer.connection(), code, reason);
      peer.ended();
    }
  }

  @Override
  public void onError(@Nullable WebSocket socket, Exception e) {
    if (socket == null) {
      failure = e;
      started.countDown();
      LOG.error("the gateway can't listen: {}", e.getMessage());
    } else {
      LOG.debug("a connection failed: {}", e.getMessage());
    }
  }
}
