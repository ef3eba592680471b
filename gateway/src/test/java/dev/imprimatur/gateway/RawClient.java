package dev.imprimatur.gateway;

import dev.imprimatur.engine.gateway.Role;
import dev.imprimatur.engine.json.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A client that is the JDK's and not ours: it says what it is told to and keeps what it hears.
final class RawClient implements WebSocket.Listener, AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final BlockingQueue<JsonNode> heard = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final StringBuilder partial = new StringBuilder();
  private volatile String reason = "";
  private volatile boolean deaf;
  private WebSocket socket;

  static RawClient connect(URI uri) {
    return connect(uri, null);
  }

  static RawClient connect(URI uri, String origin) {
    var client = new RawClient();
    WebSocket.Builder builder = HTTP.newWebSocketBuilder();
    if (origin != null) {
      builder.header("Origin", origin);
    }
    client.socket = builder.buildAsync(uri, client).orTimeout(20, TimeUnit.SECONDS).join();
    return client;
  }

  RawClient hello(String token, Role role) {
    say("hello", "token", token, "client", "raw", "role", role.code());
    await("welcome");
    return this;
  }

  /// Says a message of texts.
  void say(String type, String... fields) {
    ObjectNode node = Json.object().put("type", type);
    for (int i = 0; i < fields.length; i += 2) {
      node.put(fields[i], fields[i + 1]);
    }
    text(Json.write(node));
  }

  void text(String text) {
    try {
      socket.sendText(text, true).get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      // It was closed meanwhile: the test looks at how.
    }
  }

  void binary(byte[] bytes) {
    socket.sendBinary(ByteBuffer.wrap(bytes), true);
  }

  WebSocket socket() {
    return socket;
  }

  void ack(JsonNode event) {
    say("ack", "id", event.path("id").asString());
  }

  /// The next message, which must be of this type.
  JsonNode await(String type) {
    JsonNode message = next();
    if (!message.path("type").asString().equals(type)) {
      throw new AssertionError("not " + type + ": " + message);
    }
    return message;
  }

  JsonNode next() {
    try {
      JsonNode message = heard.poll(20, TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("nothing was heard; closed: " + closed.getNow(null) + reason);
      }
      return message;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// What was heard so far.
  List<JsonNode> all() {
    List<JsonNode> all = new ArrayList<>();
    heard.drainTo(all);
    return all;
  }

  int waiting() {
    return heard.size();
  }

  /// The code it was closed with.
  int awaitClose() {
    try {
      return closed.get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("not closed", e);
    }
  }

  String reason() {
    return reason;
  }

  /// Reads nothing from the next message on.
  void deafen() {
    deaf = true;
  }

  /// Cuts the connection off without a word.
  void cut() {
    socket.abort();
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      heard.add(Json.parse(partial.toString()));
      partial.setLength(0);
    }
    if (!deaf) {
      from.request(1);
    }
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int code, String why) {
    reason = why;
    closed.complete(code);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    reason = String.valueOf(error);
    closed.complete(1006);
  }

  @Override
  public void close() {
    socket.abort();
  }
}
