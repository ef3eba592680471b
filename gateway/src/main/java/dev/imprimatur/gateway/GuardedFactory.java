package dev.imprimatur.gateway;

import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.java_websocket.SSLSocketChannel2;
import org.java_websocket.WebSocketAdapter;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.WebSocketServerFactory;
import org.java_websocket.drafts.Draft;

/// Makes connections, knows all there are, also those that never finish their handshake, and takes
/// no more than it may.
final class GuardedFactory implements WebSocketServerFactory {
  private final Optional<SSLContext> tls;
  private final int most;
  private final ExecutorService handshakes =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("gateway-tls-", 0).factory());
  private final Set<GuardedSocket> sockets = ConcurrentHashMap.newKeySet();

  /// @param most connections, whatever their state; beyond that they are cut off without a word
  GuardedFactory(Optional<SSLContext> tls, int most) {
    this.tls = tls;
    this.most = most;
  }

  Set<GuardedSocket> sockets() {
    return sockets;
  }

  @Override
  public WebSocketImpl createWebSocket(WebSocketAdapter listener, Draft draft) {
    return createWebSocket(listener, List.of(draft));
  }

  @Override
  public WebSocketImpl createWebSocket(WebSocketAdapter listener, List<Draft> drafts) {
    return new GuardedSocket(listener, drafts);
  }

  @Override
  public ByteChannel wrapChannel(SocketChannel channel, SelectionKey key) throws IOException {
    if (sockets.size() >= most) {
      throw new IOException("too many connections");
    }
    ByteChannel wrapped = tls.isPresent() ? secure(tls.get(), channel, key) : channel;
    sockets.add((GuardedSocket) key.attachment());
    return wrapped;
  }

  private ByteChannel secure(SSLContext context, SocketChannel channel, SelectionKey key)
      throws IOException {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    engine.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    return new SSLSocketChannel2(channel, engine, handshakes, key);
  }

  @Override
  public void close() {
    handshakes.shutdown();
  }
}
