package dev.imprimatur.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.app.cli.Cli;
import dev.imprimatur.app.wiring.Interrupts;
import dev.imprimatur.app.wiring.Surroundings;
import dev.imprimatur.gateway.client.GatewayClient;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The gateway from the command line: its tokens, and a worker that serves it.
class GatewayCommandsTest {
  @TempDir Path folder;
  private Terminal terminal;

  @BeforeEach
  void open() {
    terminal = new Terminal(folder);
  }

  @Test
  void aTokenIsShownOnceListedAndRevoked() {
    JsonNode made =
        terminal.json("gateway", "token", "add", "--role", "subscriber", "--label", "crm");
    assertThat(made.path("outcome").asString()).isEqualTo("decided");
    String secret = made.path("token").asString();
    assertThat(secret).startsWith("imp_");
    assertThat(
            terminal
                .run("gateway", "token", "add", "--role", "judge", "--label", "x")
                .exits(0)
                .out())
        .contains("imp_", "only now");

    Terminal.Result list = terminal.run("gateway", "token", "list", "--json").exits(0);
    assertThat(list.json().path("tokens").size()).isEqualTo(2);
    assertThat(list.out()).doesNotContain(secret);
    assertThat(terminal.run("gateway", "token", "list").exits(0).out())
        .contains("crm", "subscriber");

    String id = made.path("id").asString();
    assertThat(
            terminal
                .json("gateway", "token", "revoke", id.substring(0, 8))
                .path("revoked_by")
                .asString())
        .isEqualTo("editor");
    terminal.run("gateway", "token", "revoke", id).exits(1);
    terminal.run("gateway", "token", "revoke", "ffffffff").exits(2).says("no token");
    terminal
        .run("gateway", "token", "add", "--role", "admin", "--label", "x")
        .exits(2)
        .says("--role");
    terminal.run("gateway", "token", "add", "--role", "judge", "--label", " ").exits(1);
    assertThat(terminal.json("audit", "list", "--type", "gateway_token").path("entries").size())
        .isEqualTo(3);
  }

  @Test
  void whatCannotBeServedIsRefusedWithAReason() throws Exception {
    terminal.run("worker", "--gateway", "8787").exits(2).says("HOST:PORT");
    terminal.run("worker", "--gateway", "127.0.0.1:x").exits(2).says("HOST:PORT");
    terminal.run("worker", "--gateway", "127.0.0.1:0", "--once").exits(2).says("--once");
    terminal.run("worker", "--gateway-keystore", "x").exits(2).says("needs --gateway");
    Terminal.Result open = terminal.run("worker", "--gateway", "0.0.0.0:0").exits(2);
    assertThat(open.err()).contains("TLS", "--gateway-keystore").doesNotContain("\tat ");
    Terminal.Result missing =
        terminal.run("worker", "--gateway", "0.0.0.0:0", "--gateway-keystore", "x.p12").exits(2);
    assertThat(missing.err()).contains("IMPRIMATUR_KEYSTORE_PASSWORD");
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Terminal.Result busy =
          terminal.run("worker", "--gateway", "127.0.0.1:" + taken.getLocalPort()).exits(3);
      assertThat(busy.err()).contains("port that is free");
    }
  }

  @Test
  void aWorkerServesOverTls() throws Exception {
    Path keystore = folder.resolve("gateway.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "gateway",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=ip:127.0.0.1,dns:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                keystore.toString(),
                "-storepass",
                "a-password")
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    String token =
        terminal
            .json("gateway", "token", "add", "--role", "subscriber", "--label", "crm")
            .path("token")
            .asString();
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    var interrupts = new Interrupts();
    CompletableFuture<Integer> worker = worker(interrupts, port, keystore);
    var address =
        new GatewayClient.Address(
            URI.create("wss://localhost:" + port), token, "crm", Optional.of(trusting(keystore)));
    try (GatewayClient client =
        GatewayClient.subscriber(
            address,
            new GatewayClient.Subscription("crm", Set.of(), OptionalLong.empty()),
            event -> {})) {
      Awaitility.await().atMost(Duration.ofSeconds(60)).until(client::connected);
    } finally {
      interrupts.request();
    }
    assertThat(worker.get(60, TimeUnit.SECONDS)).isEqualTo(130);
  }

  private CompletableFuture<Integer> worker(Interrupts interrupts, int port, Path keystore)
      throws Exception {
    Path password = Files.writeString(folder.resolve("password"), "a-password\n");
    var nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    var around =
        new Surroundings(
            Map.of("IMPRIMATUR_HOME", folder.resolve("imprimatur").toString()),
            folder,
            "editor",
            nowhere,
            nowhere,
            0,
            false);
    List<String> args =
        new ArrayList<>(
            List.of(
                "worker",
                "--gateway",
                "127.0.0.1:" + port,
                "--gateway-keystore",
                keystore.toString(),
                "--gateway-keystore-password-file",
                password.toString()));
    return CompletableFuture.supplyAsync(
        () -> new Cli(around, interrupts).run(args.toArray(String[]::new)),
        task -> Thread.ofPlatform().daemon(true).start(task));
  }

  private static SSLContext trusting(Path keystore) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keystore)) {
      store.load(in, "a-password".toCharArray());
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("gateway", store.getCertificate("gateway"));
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }
}
