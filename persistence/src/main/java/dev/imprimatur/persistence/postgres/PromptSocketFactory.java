package dev.imprimatur.persistence.postgres;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import javax.net.SocketFactory;

/// Sockets for a connection that listens. The driver, having read a notification, asks whether more
/// is there by a read that may take a millisecond, the shortest it can ask for; so every
/// notification would be a millisecond late. These sockets answer such a read at once.
public final class PromptSocketFactory extends SocketFactory {
  private static final int SHORTEST_MILLIS = 1;

  /// For the driver, which makes one by name.
  public PromptSocketFactory() {}

  @Override
  public Socket createSocket() {
    return new PromptSocket();
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port), null);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress here, int herePort)
      throws IOException {
    return connected(new InetSocketAddress(host, port), new InetSocketAddress(here, herePort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port), null);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress here, int herePort)
      throws IOException {
    return connected(new InetSocketAddress(host, port), new InetSocketAddress(here, herePort));
  }

  private static Socket connected(
      SocketAddress there, @org.jspecify.annotations.Nullable SocketAddress here)
      throws IOException {
    Socket socket = new PromptSocket();
    try {
      if (here != null) {
        socket.bind(here);
      }
      socket.connect(there);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static final class PromptSocket extends Socket {
    @Override
    public InputStream getInputStream() throws IOException {
      return new FilterInputStream(super.getInputStream()) {
        @Override
        public int read() throws IOException {
          lookFirst();
          return super.read();
        }

        @Override
        public int read(byte[] into, int from, int most) throws IOException {
          lookFirst();
          return super.read(into, from, most);
        }

        private void lookFirst() throws IOException {
          if (getSoTimeout() == SHORTEST_MILLIS && available() == 0) {
            throw new SocketTimeoutException("nothing has come yet");
          }
        }
      };
    }
  }
}
