package dev.imprimatur.gateway.client;

import dev.imprimatur.engine.json.Json;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLSocketFactory;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.exceptions.WebsocketNotConnectedException;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.handshake.ServerHandshake;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// One connection to the gateway, from its hello to its end.
final class Link {
  private static final Logger LOG = LoggerFactory.getLogger(Link.class);
  private static final int CONNECT_MILLIS = 10_000;
  private static final int LOST_SECONDS = 60;

  private final BiConsumer<Link, JsonNode> received;
  private final String hello;
  private final Socket socket;
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile boolean in;
  private volatile int code;
  private volatile String reason = "";

  Link(GatewayClient.Address address, String hello, BiConsumer<Link, JsonNode> received) {
    this.received = received;
    this.hello = hello;
    this.socket = new Socket(address);
  }

  /// Connects, and stays until the connection ends, or until the client closes and has ended it.
  ///
  /// @return the code it ended with
  int runToEnd(CountDownLatch closing) throws InterruptedException {
    socket.connect();
    long asked = System.nanoTime();
    while (!over.await(100, TimeUnit.MILLISECONDS)) {
      boolean tooLong = System.nanoTime() - asked > 2_000_000L * CONNECT_MILLIS;
      if (!in && (closing.getCount() == 0 || tooLong)) {
        // Whoever accepts and never answers is not waited for.
        socket.closeConnection(CloseFrame.ABNORMAL_CLOSE, "no answer");
        return CloseFrame.ABNORMAL_CLOSE;
      }
    }
    return code;
  }

  boolean isIn() {
    return in && over.getCount() > 0 && socket.isOpen();
  }

  boolean wasIn() {
    return in;
  }

  String reason() {
    return reason;
  }

  boolean say(String message) {
    try {
      socket.send(message);
      return true;
    } catch (WebsocketNotConnectedException e) {
      return false;
    }
  }

  void end() {
    socket.close();
  }

  private final class Socket extends WebSocketClient {
    private final GatewayClient.Address address;

    Socket(GatewayClient.Address address) {
      super(address.uri(), new Draft_6455(), Map.of(), CONNECT_MILLIS);
      this.address = address;
      setDaemon(true);
      setTcpNoDelay(true);
      setConnectionLostTimeout(LOST_SECONDS);
      if (address.tls().isPresent()) {
        SSLSocketFactory factory = address.tls().get().getSocketFactory();
        setSocketFactory(factory);
      }
    }

    @Override
    public void onOpen(ServerHandshake handshake) {
      send(hello);
    }

    @Override
    public void onMessage(String text) {
      JsonNode message;
      try {
        message = Json.parse(text);
      } catch (IllegalArgumentException e) {
        LOG.warn("{}: not a message: {}", address, e.getMessage());
        return;
      }
      if (message.path("type").asString("").equals("welcome")) {
        in = true;
      }
      received.accept(Link.this, message);
    }

    @Override
    public void onClose(int closeCode, @Nullable String why, boolean remote) {
      code = closeCode;
      reason = why == null ? "" : why;
      over.countDown();
    }

    @Override
    public void onError(Exception e) {
      LOG.debug("{}: {}", address, e.getMessage());
    }
  }
}
