package dev.imprimatur.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.gateway.GatewayToken;
import dev.imprimatur.engine.gateway.Role;
import dev.imprimatur.persistence.Bench;
import dev.imprimatur.persistence.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Clients that err or mean harm: each is told why by a code, and the gateway serves on.
class HostileTest {
  /// What a client reports that was told no code.
  private static final int LOST = 1006;

  private TestDatabase database;
  private GatewayBench bench;

  @BeforeEach
  void open() {
    database = TestDatabase.migrated(TestDatabase.Kind.H2);
    bench = GatewayBench.on(database.open());
  }

  @AfterEach
  void close() {
    assertServes();
    bench.close();
    database.close();
  }

  private void with(String... settings) {
    bench.close();
    bench = GatewayBench.on(database.open(), settings);
  }

  /// Whatever came before, a good client is served.
  private void assertServes() {
    Awaitility.await()
        .atMost(GatewayBench.patience())
        .ignoreExceptions()
        .until(() -> {
          try (RawClient client = bench.in(Role.SUBSCRIBER)) {
            client.say("subscribe", "name", "good");
            client.await("subscribed");
            UUID id = bench.publish("good", UUID.randomUUID().toString());
            JsonNode event = client.await("event");
            while (!event.path("id").asString().equals(id.toString())) {
              client.ack(event);
              event = client.await("event");
            }
            client.ack(event);
          }
          return true;
        });
  }

  @Test
  void withoutAGoodHelloNobodyIsLetIn() {
    String token = bench.token(Role.SUBSCRIBER);
    for (String first :
        List.of(
            "{",
            "[]",
            "{\"type\":\"subscribe\",\"name\":\"x\"}",
            "{\"type\":\"hello\"}",
            "{\"type\":\"hello\",\"token\":7,\"client\":\"x\",\"role\":\"subscriber\"}",
            hello("imp_wrong", "subscriber"),
            hello("", "subscriber"),
            hello(token, "admin"),
            hello(token, "console"),
            hello("x".repeat(100_000), "subscriber"))) {
      try (RawClient client = RawClient.connect(bench.uri())) {
        client.text(first);
        assertThat(client.awaitClose()).as(first).isEqualTo(CloseCode.NOT_LET_IN);
        assertThat(client.reason()).doesNotContain("Exception");
        assertThat(client.all()).isEmpty();
      }
    }
  }

  private static String hello(String token, String role) {
    return "{\"type\":\"hello\",\"token\":\""
        + token
        + "\",\"client\":\"x\",\"role\":\""
        + role
        + "\"}";
  }

  @Test
  void whoSaysNothingIsSentAway() throws Exception {
    with("gateway.hello-timeout", "300ms");
    try (RawClient silent = RawClient.connect(bench.uri());
        Socket never = socket();
        Socket half = socket()) {
      half.getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: x\r\n".getBytes(StandardCharsets.UTF_8));
      assertThat(silent.awaitClose()).isEqualTo(CloseCode.NOT_LET_IN);
      assertEnds(never);
      assertEnds(half);
    }
    with();
  }

  private Socket socket() throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), bench.gateway().port());
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static void assertEnds(Socket socket) {
    try {
      InputStream in = socket.getInputStream();
      while (in.read() >= 0) {
        // Whatever it is told.
      }
    } catch (java.net.SocketTimeoutException e) {
      throw new AssertionError("it is still connected", e);
    } catch (IOException e) {
      // Cut off.
    }
  }

  @Test
  void aHandshakeWithoutEndIsCutOff() throws Exception {
    try (Socket socket = socket()) {
      OutputStream out = socket.getOutputStream();
      out.write("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.UTF_8));
      byte[] line = ("X-More: " + "x".repeat(1000) + "\r\n").getBytes(StandardCharsets.UTF_8);
      try {
        for (int i = 0; i < 10_000; i++) {
          out.write(line);
        }
        throw new AssertionError("10 MB of handshake were taken");
      } catch (IOException e) {
        assertEnds(socket);
      }
    }
  }

  @Test
  void whatCannotBeTakenIsAnsweredWithACodeAndTheConnectionStays() {
    try (RawClient client = bench.in(Role.SUBSCRIBER)) {
      Map<String, String> codes = new TreeMap<>();
      codes.put("{\"type\":", "bad_json");
      codes.put("[".repeat(5_000), "bad_json");
      codes.put("{\"type\":\"x\"} {}", "bad_json");
      codes.put("[1]", "no_type");
      codes.put("{\"type\":1}", "no_type");
      codes.put("{\"type\":\"delete\"}", "unknown_type");
      codes.put("{\"type\":\"next\",\"judge\":\"j\"}", "wrong_role");
      codes.put("{\"type\":\"judgement\"}", "wrong_role");
      codes.put("{\"type\":\"presence\"}", "wrong_role");
      codes.put("{\"type\":\"ack\",\"id\":\"x\"}", "not_subscribed");
      codes.put("{\"type\":\"subscribe\"}", "bad_field");
      codes.put("{\"type\":\"subscribe\",\"name\":\"../x\"}", "bad_field");
      codes.put("{\"type\":\"subscribe\",\"name\":\"x\",\"events\":7}", "bad_field");
      codes.put("{\"type\":\"subscribe\",\"name\":\"x\",\"from\":-1}", "bad_field");
      codes.put("{\"type\":\"subscribe\",\"name\":\"x\",\"from\":1e99}", "bad_field");
      codes.put(hello("x", "subscriber"), "already_in");
      codes.forEach((said, code) -> {
        client.text(said);
        JsonNode error = client.await("error");
        assertThat(error.path("code").asString()).as(said).isEqualTo(code);
        assertThat(error.toString()).doesNotContain("Exception", "at dev.", "tools.jackson");
      });
      client.say("subscribe", "name", "x");
      client.await("subscribed");
      client.say("subscribe", "name", "y");
      assertThat(client.await("error").path("code").asString()).isEqualTo("already_subscribed");
      client.say("ack", "id", "x");
      assertThat(client.await("error").path("code").asString()).isEqualTo("bad_field");
      client.say("ack", "id", UUID.randomUUID().toString());
      assertThat(client.await("error").path("code").asString()).isEqualTo("unknown_event");
    }
  }

  @Test
  void judgesFindNothingYet() {
    try (RawClient client = bench.in(Role.JUDGE)) {
      client.say("next", "judge", "j");
      assertThat(client.await("refused").path("code").asString()).isEqualTo("nothing_to_judge");
      client.say("judgement", "correlation_id", "c", "answer", "first");
      JsonNode refused = client.await("refused");
      assertThat(refused.path("code").asString()).isEqualTo("unknown_comparison");
      assertThat(refused.path("correlation_id").asString()).isEqualTo("c");
      client.text(
          "{\"type\":\"judgement\",\"correlation_id\":\"c\",\"answer\":\"a\",\"confidence\":2}");
      assertThat(client.await("error").path("code").asString()).isEqualTo("bad_field");
    }
  }

  @Test
  void whatIsNotTextOrTooLargeClosesWithItsCode() {
    try (RawClient client = bench.in(Role.SUBSCRIBER)) {
      client.binary(new byte[10]);
      assertThat(client.awaitClose()).isEqualTo(CloseCode.TEXT_ONLY);
    }
    try (RawClient client = bench.in(Role.SUBSCRIBER)) {
      client.text("x".repeat(2 << 20));
      assertThat(client.awaitClose()).isEqualTo(CloseCode.TOO_BIG);
    }
    try (RawClient client = bench.in(Role.SUBSCRIBER)) {
      // The same in fragments.
      for (int i = 0; i < 20 && !client.socket().isOutputClosed(); i++) {
        try {
          client.socket().sendText("x".repeat(100_000), false).join();
        } catch (RuntimeException e) {
          break;
        }
      }
      assertThat(client.awaitClose()).isEqualTo(CloseCode.TOO_BIG);
    }
  }

  @Test
  void aFloodIsEndedWithItsCodeAndLeavesNothingBehind() {
    with("gateway.max-rate", "50");
    long before = used();
    List<Integer> codes = new ArrayList<>();
    for (int round = 0; round < 5; round++) {
      List<RawClient> floods = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        floods.add(bench.in(Role.SUBSCRIBER));
      }
      for (RawClient flood : floods) {
        String junk = "{\"type\":\"x\",\"junk\":\"" + "y".repeat(60_000) + "\"}";
        for (int i = 0; i < 400 && !flood.socket().isOutputClosed(); i++) {
          flood.text(junk);
        }
        codes.add(flood.awaitClose());
        flood.close();
      }
    }
    try (RawClient pings = bench.in(Role.CONSOLE)) {
      for (int i = 0; i < 2_000 && !pings.socket().isOutputClosed(); i++) {
        try {
          pings.socket().sendPing(ByteBuffer.wrap(new byte[100])).join();
        } catch (RuntimeException e) {
          break;
        }
      }
      codes.add(pings.awaitClose());
    }
    // Whoever goes on writing to a socket that was closed may lose what was still to be read from
    // it, the code among it (TCP resets the connection).
    assertThat(codes).isSubsetOf(CloseCode.FLOOD, LOST).contains(CloseCode.FLOOD);
    awaitNobody();
    long after = used();
    System.out.printf("heap before floods %d KB, after %d KB%n", before >> 10, after >> 10);
    assertThat(after - before).isLessThan(32 << 20);
  }

  @Test
  void beyondTheNumberOfConnectionsEachIsToldToTryLater() {
    with("gateway.max-connections", "50");
    List<RawClient> guests = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      guests.add(RawClient.connect(bench.uri()));
    }
    long before = used();
    Map<Integer, Integer> codes = new TreeMap<>();
    for (int i = 0; i < 1_000; i++) {
      try (RawClient more = RawClient.connect(bench.uri())) {
        codes.merge(more.awaitClose(), 1, Integer::sum);
      }
    }
    assertThat(codes).containsOnlyKeys(CloseCode.TRY_LATER);
    assertThat(bench.gateway().connections()).isEqualTo(50);
    long after = used();
    System.out.printf("heap before 1000 refused %d KB, after %d KB%n", before >> 10, after >> 10);
    assertThat(after - before).isLessThan(32 << 20);
    guests.forEach(RawClient::close);
  }

  @Test
  void socketsThatOnlyStandThereAreLimitedToo() throws Exception {
    with("gateway.max-connections", "10", "gateway.hello-timeout", "1s");
    List<Socket> idle = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      idle.add(socket());
    }
    for (Socket one : idle) {
      assertEnds(one);
      one.close();
    }
    with();
  }

  @Test
  void whoDoesNotReadIsCutOffAndCostsABoundedAmount() throws Exception {
    with(
        "gateway.max-buffer",
        "65536",
        "gateway.max-rate",
        "1000000",
        "gateway.ping-interval",
        "300ms");
    long before = used();
    try (RawClient deaf = bench.in(Role.SUBSCRIBER)) {
      // Its listener asks for no further message, so that its socket fills up.
      deaf.deafen();
      String junk = "{\"type\":\"" + "y".repeat(90) + "\"}";
      for (int i = 0; i < 200_000 && !deaf.socket().isOutputClosed(); i++) {
        try {
          deaf.socket().sendText(junk, true).get(2, java.util.concurrent.TimeUnit.SECONDS);
        } catch (Exception e) {
          break;
        }
      }
      awaitNobody();
    }
    long after = used();
    System.out.printf("heap before a deaf one %d KB, after %d KB%n", before >> 10, after >> 10);
    assertThat(after - before).isLessThan(32 << 20);
  }

  @Test
  void twoPingsWithoutAnAnswerEndAConnection() throws Exception {
    with("gateway.ping-interval", "200ms");
    try (Socket dead = socket()) {
      dead.getOutputStream()
          .write(
              ("GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                      + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                  .getBytes(StandardCharsets.UTF_8));
      assertEnds(dead);
    }
    try (RawClient alive = bench.in(Role.SUBSCRIBER)) {
      Awaitility.await()
          .during(Duration.ofSeconds(2))
          .until(() -> bench.gateway().connections() == 1);
      alive.say("subscribe", "name", "alive");
      alive.await("subscribed");
    }
  }

  @Test
  void webPagesConnectWhereTheirOriginIsAllowed() {
    with("gateway.origins", "https://desk.example.org");
    try (RawClient page = RawClient.connect(bench.uri(), "https://evil.example.org")) {
      assertThat(page.awaitClose()).isEqualTo(CloseCode.ORIGIN);
    }
    try (RawClient page = RawClient.connect(bench.uri(), "https://desk.example.org")) {
      page.hello(bench.token(Role.CONSOLE), Role.CONSOLE);
    }
  }

  @Test
  void aRevokedTokenEndsItsConnectionsAndLetsNobodyIn() {
    var made = Bench.decided(bench.engine().gatewayTokens().add(Role.SUBSCRIBER, "crm"));
    RawClient client = RawClient.connect(bench.uri()).hello(made.secret(), Role.SUBSCRIBER);
    GatewayToken revoked = Bench.decided(bench.engine().gatewayTokens().revoke(made.token().id()));
    assertThat(revoked.revoked()).isTrue();
    assertThat(client.awaitClose()).isEqualTo(CloseCode.NOT_LET_IN);
    try (RawClient again = RawClient.connect(bench.uri())) {
      again.text(hello(made.secret(), "subscriber"));
      assertThat(again.awaitClose()).isEqualTo(CloseCode.NOT_LET_IN);
    }
  }

  private void awaitNobody() {
    Awaitility.await()
        .atMost(GatewayBench.patience())
        .until(() -> bench.gateway().connections() == 0);
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
