package dev.imprimatur.app.metric;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.imprimatur.app.wiring.Trouble;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves figures at `/metrics`, to this machine alone.
public final class MetricsServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MetricsServer.class);

  private final HttpServer server;
  // One at a time, on a thread of its own: whoever asks often keeps no worker from its jobs.
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("metrics-", 0).daemon(true).factory());
  private final Supplier<String> figures;

  private MetricsServer(HttpServer server, Supplier<String> figures) {
    this.server = server;
    this.figures = figures;
  }

  /// Starts serving.
  ///
  /// @param port 0 for any that is free
  /// @param figures asked at each request
  /// @throws Trouble if the port is taken, or may not be had
  public static MetricsServer start(int port, Supplier<String> figures) {
    HttpServer http;
    try {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 8);
    } catch (BindException e) {
      throw Trouble.outOfReach(
          "port_taken",
          "worker: --metrics-port "
              + port
              + " can't be had ("
              + e.getMessage()
              + "); another process serves there, or it is reserved: name another, or stop that"
              + " process");
    } catch (IOException e) {
      throw Trouble.outOfReach(
          "metrics_not_served", "worker: --metrics-port " + port + ": " + e.getMessage());
    }
    var metrics = new MetricsServer(http, figures);
    http.createContext("/", metrics::answer);
    http.setExecutor(metrics.thread);
    http.start();
    LOG.info(
        "metrics are served at http://{}:{}/metrics",
        http.getAddress().getAddress().getHostAddress(),
        http.getAddress().getPort());
    return metrics;
  }

  /// Where it serves.
  public int port() {
    return server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getRequestURI().getPath().equals("/metrics")) {
        send(exchange, 404, "text/plain; charset=utf-8", "The figures are at /metrics.\n");
      } else if (!exchange.getRequestMethod().equals("GET")) {
        exchange.getResponseHeaders().set("Allow", "GET");
        send(exchange, 405, "text/plain; charset=utf-8", "The figures are read with GET.\n");
      } else {
        send(exchange, 200, "text/plain; version=0.0.4; charset=utf-8", figures.get());
      }
    } catch (RuntimeException e) {
      LOG.error("the figures could not be told: {}", e.getMessage());
      throw e;
    }
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    thread.shutdownNow();
  }
}
