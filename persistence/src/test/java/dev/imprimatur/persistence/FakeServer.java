package dev.imprimatur.persistence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Listens at a port and is no PostgreSQL: answers everybody the same, or nothing.
public final class FakeServer implements AutoCloseable {
  private final ServerSocket socket;
  private final List<Socket> guests = new CopyOnWriteArrayList<>();
  private final byte[] answer;

  private FakeServer(ServerSocket socket, byte[] answer) {
    this.socket = socket;
    this.answer = answer;
  }

  /// One that says this and hangs up.
  public static FakeServer saying(String answer) {
    return start(answer.getBytes(StandardCharsets.ISO_8859_1));
  }

  /// One that accepts and never answers.
  public static FakeServer silent() {
    return start(new byte[0]);
  }

  /// A port that nothing listens at.
  public static int freePort() {
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FakeServer start(byte[] answer) {
    try {
      var server =
          new FakeServer(new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1")), answer);
      Thread.ofVirtual().start(server::listen);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void listen() {
    while (!socket.isClosed()) {
      try {
        Socket guest = socket.accept();
        guests.add(guest);
        if (answer.length > 0) {
          try (guest) {
            // Hanging up on words that were not read would take the answer back.
            guest.getInputStream().read(new byte[64]);
            guest.getOutputStream().write(answer);
          }
        }
      } catch (IOException e) {
        // Closed, or the guest has left.
      }
    }
  }

  public int port() {
    return socket.getLocalPort();
  }

  /// How many have come.
  public int guests() {
    return guests.size();
  }

  @Override
  public void close() {
    try {
      socket.close();
      for (Socket guest : guests) {
        guest.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
