package dev.imprimatur.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imprimatur.engine.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A real worker process, watched from outside: its figures and its log lines.
class WorkerWatchedTest {
  private static final Duration SOON = Duration.ofSeconds(120);
  private static final Pattern SERVED = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)/metrics");

  @TempDir Path folder;
  private Terminal terminal;
  private Path log;
  private Process worker;

  @BeforeEach
  void open() {
    terminal = new Terminal(folder);
    log = folder.resolve("worker.log");
  }

  @AfterEach
  void close() throws InterruptedException {
    if (worker != null) {
      worker.destroyForcibly().waitFor();
    }
  }

  private void start(String... options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "worker"));
    command.addAll(List.of(options));
    var builder =
        new ProcessBuilder(command)
            .redirectError(log.toFile())
            .redirectOutput(folder.resolve("out.txt").toFile());
    builder.environment().put("IMPRIMATUR_HOME", folder.resolve("imprimatur").toString());
    worker = builder.start();
  }

  private void enqueue(String kind, String payload) {
    terminal.json("queue", "enqueue", "--kind", kind, "--payload", payload, "--workspace", "press");
  }

  private String logged() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return "";
    }
  }

  private int port() {
    await().atMost(SOON).until(() -> SERVED.matcher(logged()).find());
    Matcher served = SERVED.matcher(logged());
    assertThat(served.find()).isTrue();
    return Integer.parseInt(served.group(1));
  }

  private static HttpResponse<String> get(String address) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofSeconds(60)).build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void figuresAreServedForPrometheus() throws IOException {
    enqueue("diagnostic.noop", "{}");
    enqueue("diagnostic.sleep", "{\"millis\": 86400000}");
    start("--metrics-port", "0", "--concurrency", "2");
    String address = "http://127.0.0.1:" + port();
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(get(address + "/metrics").body())
                .containsPattern(
                    "(?m)^imprimatur_job_run_seconds_count\\{kind=\"diagnostic.noop\",outcome=\"completed\"} 1")
                .containsPattern(
                    "(?m)^imprimatur_queue_depth\\{kind=\"diagnostic.sleep\",status=\"running\"} 1\\.0$")
                .containsPattern(
                    "(?m)^imprimatur_queue_ended_last_minute\\{status=\"completed\"} 1\\.0$"));
    HttpResponse<String> answer = get(address + "/metrics");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElse("")).contains("0.0.4");
    assertThat(answer.body())
        .contains("# TYPE imprimatur_job_run_seconds histogram")
        .contains("imprimatur_job_wait_seconds_bucket", "imprimatur_job_claim_to_start_seconds_sum")
        .containsPattern("(?m)^imprimatur_database_up 1\\.0$")
        // What ends is counted as it ends; what has ended is no depth.
        .doesNotContainPattern("imprimatur_queue_depth\\{[^}]*status=\"completed\"")
        .containsPattern("(?m)^imprimatur_sweep_failing\\{sweep=\"stale-jobs\"} 0\\.0$");
    assertThat(get(address + "/").statusCode()).isEqualTo(404);
  }

  @Test
  void aPortThatIsTakenIsToldAndNoJobIsTaken() throws IOException, InterruptedException {
    enqueue("diagnostic.noop", "{}");
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      start("--metrics-port", Integer.toString(taken.getLocalPort()));
      assertThat(worker.waitFor()).isEqualTo(3);
      assertThat(logged())
          .contains("--metrics-port " + taken.getLocalPort() + " can't be had", "name another")
          .doesNotContain("\tat ");
    }
    assertThat(terminal.json("queue", "stats").toString()).contains("\"PENDING\":1");
  }

  @Test
  void everyLogLineOfAJobSaysWhichInFields() throws IOException, InterruptedException {
    enqueue(
        "diagnostic.sleep",
        "{\"millis\": 0, \"brand_id\": \"acme\", \"note\": \"a \\\"quote\\\"\"}");
    start("-v", "--log-format", "json", "--metrics-port", "0", "--once");
    assertThat(worker.waitFor()).isZero();
    List<JsonNode> lines = logged().lines().map(Json::parse).toList();
    assertThat(lines)
        .isNotEmpty()
        .allSatisfy(line -> {
          assertThat(line.path("timestamp").asString("")).endsWith("Z");
          assertThat(line.path("level").asString("")).isNotEmpty();
          assertThat(line.path("message").asString("")).isNotEmpty();
        });
    assertThat(lines)
        .filteredOn(line -> line.has("job_id"))
        .isNotEmpty()
        .allSatisfy(line -> {
          assertThat(line.path("job_id").asString("")).hasSize(36);
          assertThat(line.path("workspace_id").asString("")).isEqualTo("press");
          assertThat(line.path("worker_id").asString("")).isNotEmpty();
          assertThat(line.path("attempt").asString("")).isEqualTo("1");
          assertThat(line.path("brand_id").asString("")).isEqualTo("acme");
        });
  }

  @Test
  void whatIsNoFormatAndNoPortIsRefused() {
    terminal.run("worker", "--log-format", "xml").exits(2).says("text or json", "xml");
    terminal.run("worker", "--metrics-port", "70000").exits(2).says("0 to 65535", "70000");
  }
}
