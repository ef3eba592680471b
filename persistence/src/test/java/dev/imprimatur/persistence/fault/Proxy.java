package dev.imprimatur.persistence.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Stands between a client and PostgreSQL: hands everything on, or holds it, or lets a commit
/// through and cuts the line before its answer.
final class Proxy implements AutoCloseable {
  private static final String COMMIT = "COMMIT";

  private final ServerSocket listening;
  private final int server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger commitsUntilCut = new AtomicInteger(-1);
  private final AtomicInteger cuts = new AtomicInteger();
  private final Object gate = new Object();
  private boolean held;

  Proxy(int server) {
    this.server = server;
    try {
      this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofPlatform().daemon().name("proxy").start(this::listen);
  }

  int port() {
    return listening.getLocalPort();
  }

  /// Cuts the line behind one of the next commits, once.
  void cutAfterCommit(int which) {
    commitsUntilCut.set(which);
  }

  /// How often a line was cut behind a commit.
  int cuts() {
    return cuts.get();
  }

  /// Nothing goes through, in neither direction, and nobody is told.
  void hold() {
    synchronized (gate) {
      held = true;
    }
  }

  /// What was held goes on its way.
  void release() {
    synchronized (gate) {
      held = false;
      gate.notifyAll();
    }
  }

  private void listen() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        Socket behind = new Socket(InetAddress.getLoopbackAddress(), server);
        open.add(client);
        open.add(behind);
        var line = new Line(client, behind);
        Thread.ofPlatform().daemon().name("proxy-up").start(line::up);
        Thread.ofPlatform().daemon().name("proxy-down").start(line::down);
      } catch (IOException e) {
        // Closed, or the server is away: the client is told by its own connection.
      }
    }
  }

  private final class Line {
    private final Socket client;
    private final Socket behind;
    private volatile boolean cutting;

    private Line(Socket client, Socket behind) {
      this.client = client;
      this.behind = behind;
    }

    private void up() {
      pump(client, behind, true);
    }

    private void down() {
      pump(behind, client, false);
    }

    private void pump(Socket from, Socket to, boolean upwards) {
      byte[] buffer = new byte[8192];
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          pass();
          if (upwards && commits(buffer, n)) {
            cutting = true;
          }
          if (!upwards && cutting) {
            // The server has answered, so the commit stands; nobody hears of it.
            cuts.incrementAndGet();
            break;
          }
          out.write(buffer, 0, n);
          out.flush();
        }
      } catch (IOException e) {
        // One side has gone; so does the other.
      } finally {
        close(client);
        close(behind);
      }
    }

    private boolean commits(byte[] buffer, int length) {
      return commitsUntilCut.get() > 0
          && new String(buffer, 0, length, StandardCharsets.ISO_8859_1).contains(COMMIT)
          && commitsUntilCut.decrementAndGet() == 0;
    }
  }

  private void pass() {
    synchronized (gate) {
      while (held) {
        try {
          gate.wait();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  private void close(Socket socket) {
    open.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed.
    }
  }

  @Override
  public void close() {
    release();
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Set.copyOf(open).forEach(this::close);
  }
}
