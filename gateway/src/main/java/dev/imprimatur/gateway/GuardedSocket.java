package dev.imprimatur.gateway;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.java_websocket.WebSocketAdapter;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.drafts.Draft;

/// A connection on which a handshake may not grow without end, and whose last word is heard.
final class GuardedSocket extends WebSocketImpl {
  private static final int LONGEST_HANDSHAKE = 16 * 1024;
  private static final long LINGER_NANOS = 1_000_000_000;
  private static final long LONGEST_LEAVE_NANOS = 3_000_000_000L;

  private final long born = System.nanoTime();
  private int handshakeBytes;
  private volatile long lastWord;
  private long leaving;

  GuardedSocket(WebSocketAdapter listener, List<Draft> drafts) {
    super(listener, drafts);
  }

  @Override
  public void decode(ByteBuffer bytes) {
    if (!isOpen() && !isClosing() && !isClosed()) {
      handshakeBytes += bytes.remaining();
      if (handshakeBytes > LONGEST_HANDSHAKE) {
        closeConnection(CloseCode.TOO_BIG, "the handshake is too long");
        return;
      }
    }
    super.decode(bytes);
  }

  /// Called when everything is sent, the close frame last. Where the other side is still sending,
  /// an end of the connection now would throw the close frame away with what it has not read yet:
  /// so we only say that nothing more comes, and let it close, within a second.
  @Override
  public void closeConnection() {
    if (lastWord == 0 && getChannel() instanceof SocketChannel channel && channel.isOpen()) {
      lastWord = Math.max(1, System.nanoTime() - born);
      try {
        channel.shutdownOutput();
        return;
      } catch (IOException e) {
        // It is gone already.
      }
    }
    super.closeConnection();
  }

  /// Ends what has lingered for long enough, and what does not even take the close frame.
  void endLinger() {
    long now = System.nanoTime();
    if (lastWord != 0 && now - born - lastWord > LINGER_NANOS) {
      super.closeConnection();
    } else if (isClosing() || isFlushAndClose()) {
      if (leaving == 0) {
        leaving = now;
      } else if (now - leaving > LONGEST_LEAVE_NANOS) {
        closeConnection(CloseCode.GOING_AWAY, "it did not close");
      }
    }
  }

  /// How long ago it was accepted.
  long ageNanos() {
    return System.nanoTime() - born;
  }

  /// Whether the handshake is still to come.
  boolean shaking() {
    return !isOpen() && !isClosing() && !isClosed() && !isFlushAndClose();
  }

  /// Bytes that wait to be sent.
  long waiting() {
    long sum = 0;
    for (ByteBuffer buffer : outQueue) {
      sum += buffer.remaining();
    }
    return sum;
  }
}
