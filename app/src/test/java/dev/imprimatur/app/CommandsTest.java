package dev.imprimatur.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Queue, worker, settings and doctor, on the user's own local database.
class CommandsTest {
  @TempDir Path folder;
  private Terminal terminal;

  @BeforeEach
  void open() {
    terminal = new Terminal(folder);
  }

  @Test
  void jobsAreEnqueuedOncePerKeyAndCountedOnce() {
    String[] five =
        "queue enqueue --workspace w --kind diagnostic.count --client-request-id X --count 5 --payload {\"counter\":\"c\"}"
            .split(" ");
    assertThat(terminal.json(five).path("enqueued").asInt()).isEqualTo(5);
    JsonNode again = terminal.json(five);
    assertThat(again.path("enqueued").asInt()).isZero();
    assertThat(again.path("duplicates").asInt()).isEqualTo(5);

    JsonNode dry = terminal.json("worker", "--dry-run");
    assertThat(dry.path("would_claim").size()).isEqualTo(5);
    assertThat(dry.at("/would_claim/0/client_request_id").asString()).startsWith("X-");
    assertThat(terminal.json("worker", "--once").path("jobs").asInt()).isEqualTo(1);
    assertThat(
            terminal.json("worker", "--max-jobs", "4", "--concurrency", "2").path("jobs").asInt())
        .isEqualTo(4);
    assertThat(terminal.json("worker", "--once", "--workspace", "other").path("jobs").asInt())
        .isZero();

    JsonNode stats = terminal.json("queue", "stats");
    assertThat(stats.at("/by_status/COMPLETED").asInt()).isEqualTo(5);
    assertThat(stats.at("/counters/c").asInt()).isEqualTo(5);
  }

  @Test
  void jobsAreCancelledAndRetried() {
    String id =
        terminal
            .json("queue", "enqueue", "--workspace", "w", "--kind", "diagnostic.noop")
            .at("/jobs/0/id")
            .asString();
    assertThat(terminal.run("queue", "retry", id, "--json").exits(1).json().path("code").asString())
        .isEqualTo("not_failed");
    assertThat(terminal.json("queue", "cancel", id).at("/job/status").asString())
        .isEqualTo("CANCELLED");
    JsonNode retried = terminal.json("queue", "retry", id.substring(0, 8));
    assertThat(retried.at("/job/retry_of").asString()).isEqualTo(id);
    assertThat(terminal.json("queue", "list", "--status", "pending").path("jobs").size())
        .isEqualTo(1);
    assertThat(terminal.run("queue", "show", id).exits(0).out()).contains("CANCELLED");
  }

  @Test
  void theStrongestPlaceOfASettingWins() throws IOException {
    Path home = Files.createDirectories(folder.resolve("imprimatur"));
    Files.writeString(
        home.resolve("config.properties"),
        "review.ai-threshold = 11\nreview.aeo-threshold = 12\nreview.rewrite-cap = 3\n");
    terminal
        .with("IMPRIMATUR_REVIEW_AI_THRESHOLD", "21")
        .with("IMPRIMATUR_REVIEW_AEO_THRESHOLD", "22");

    Map<String, JsonNode> settings = new HashMap<>();
    terminal
        .json(
            "settings",
            "--set",
            "review.ai-threshold=31",
            "--set",
            "mail.smtp-url=smtp://u:hush-hush@localhost:25",
            "--set",
            "mail.to=desk@example.org")
        .path("settings")
        .forEach(s -> settings.put(s.path("name").asString(), s));

    assertThat(settings.get("review.ai-threshold").path("value").asString()).isEqualTo("31");
    assertThat(settings.get("review.ai-threshold").path("origin").asString()).isEqualTo("--set");
    assertThat(settings.get("review.aeo-threshold").path("value").asString()).isEqualTo("22");
    assertThat(settings.get("review.aeo-threshold").path("origin").asString())
        .isEqualTo("environment");
    assertThat(settings.get("review.rewrite-cap").path("value").asString()).isEqualTo("3");
    assertThat(settings.get("review.rewrite-cap").path("origin").asString())
        .endsWith("config.properties");
    assertThat(settings.get("queue.grace").path("origin").asString()).isEqualTo("default");
    assertThat(settings.toString()).doesNotContain("hush-hush");
  }

  @Test
  void theDataFolderIsForItsOwnerAlone() throws IOException {
    terminal.run("migrate").exits(0);
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("imprimatur"))))
        .isEqualTo("rwx------");
  }

  @Test
  void theDoctorLooksAtEverything() {
    JsonNode report = terminal.json("doctor");
    assertThat(report.path("healthy").asBoolean()).isTrue();
    assertThat(report.path("checks").findValuesAsString("check"))
        .contains(
            "java",
            "data directory",
            "settings",
            "providers",
            "database",
            "signed in",
            "schema",
            "clocks");
  }

  @Test
  void helpAndVersionAreResults() {
    assertThat(terminal.run("--version").exits(0).out()).startsWith("imprimatur ");
    assertThat(terminal.run("escalation", "resolve", "--help").exits(0).out())
        .contains("--decision", "false_alarm");
  }
}
