package dev.imprimatur.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.persistence.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What each role of a shared database may do from the command line.
class RolesTest {
  @TempDir Path folder;
  private TestDatabase database;
  private String file;

  @BeforeEach
  void open() throws IOException {
    database = TestDatabase.migrated(TestDatabase.Kind.POSTGRES);
    file = Files.writeString(folder.resolve("a.md"), Texts.WEAK).toString();
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aReviewerDoesTheWholeJobAndSignsWithTheLogin() {
    Terminal editor = as(TestDatabase.EDITOR_A);
    String article = editor.json("evaluate", file).at("/articles/0/article").asString();
    JsonNode approved =
        editor.json("approve", article, "--resolve", "override", "--reason", "read it twice");
    assertThat(approved.at("/approval/by").asString()).isEqualTo(TestDatabase.EDITOR_A);
    JsonNode revoked = as(TestDatabase.EDITOR_B).json("revoke", article, "--reason", "too early");
    assertThat(revoked.at("/approval/revocation/by").asString()).isEqualTo(TestDatabase.EDITOR_B);
  }

  @Test
  void oneReviewersClaimKeepsTheOtherOut() {
    Terminal editor = as(TestDatabase.EDITOR_A);
    editor.json("evaluate", file);
    String escalation = editor.json("escalations").at("/escalations/0/id").asString();
    editor.json("escalation", "claim", escalation);
    as(TestDatabase.EDITOR_B)
        .run("escalation", "resolve", escalation, "--decision", "override", "--reason", "x")
        .exits(1)
        .says("claimed_by_other", TestDatabase.EDITOR_A);
  }

  @Test
  void theWorkersLoginWorksAndDecidesNothing() {
    Terminal editor = as(TestDatabase.EDITOR_A);
    String article = editor.json("import", file).at("/articles/0/article").asString();
    editor.json("queue", "enqueue", "--workspace", "w", "--kind", "diagnostic.noop");
    Terminal worker = as(TestDatabase.WORKER);
    assertThat(worker.json("worker", "--once").path("jobs").asInt()).isEqualTo(1);
    worker.run("approve", article).exits(1).says("human_required");
  }

  @Test
  void aReaderReads() {
    as(TestDatabase.EDITOR_A).json("evaluate", file);
    Terminal reader = as(TestDatabase.READER);
    assertThat(reader.json("articles").path("articles").size()).isEqualTo(1);
    assertThat(reader.json("escalations").path("escalations").size()).isPositive();
    String article = reader.json("articles").at("/articles/0/id").asString();
    reader.run("approve", article).exits(1).says("human_required");
    assertThat(reader.run("worker", "--once").exits(3).err()).contains("imprimatur_worker");
  }

  @Test
  void aReviewerReplaysEventsAReaderAndAWorkerDoNot() {
    String jsonl = "outbox.jsonl-file=" + folder.resolve("events.jsonl");
    as(TestDatabase.EDITOR_A).json("evaluate", file, "--set", jsonl);
    Terminal reader = as(TestDatabase.READER);
    JsonNode events = reader.json("outbox", "list").path("events");
    assertThat(reader.json("outbox", "counters").path("sound").asBoolean()).isTrue();
    String event = events.path(events.size() - 1).path("event_id").asString();
    reader.run("outbox", "replay", event, "--set", jsonl).exits(1).says("human_required");
    as(TestDatabase.WORKER).run("outbox", "replay", "--dead").exits(1).says("human_required");
    JsonNode replayed = as(TestDatabase.EDITOR_B).json("outbox", "replay", event, "--set", jsonl);
    assertThat(replayed.at("/event/deliveries/0/publish_count").asInt()).isEqualTo(2);
    JsonNode entry = reader.json("audit", "list", "--type", "outbox_event").path("entries").path(0);
    assertThat(entry.path("actor_id").asString()).isEqualTo(TestDatabase.EDITOR_B);
  }

  @Test
  void theDoctorLooksAtWhatTheWindowsTestLooksAt() {
    JsonNode report = as(TestDatabase.EDITOR_A).json("doctor");
    assertThat(report.path("healthy").asBoolean()).isTrue();
    assertThat(report.path("checks").findValuesAsString("check"))
        .contains("database", "signed in", "schema", "tls", "clocks");
    assertThat(report.toString()).contains("Signed in as editor_a: reviewer");
  }

  private Terminal as(String login) {
    return new Terminal(folder)
        .with("IMPRIMATUR_DB_USER", login)
        .with("IMPRIMATUR_DB_PASSWORD", "secret")
        .always("--db", database.url().replaceAll("\\?.*", ""));
  }
}
