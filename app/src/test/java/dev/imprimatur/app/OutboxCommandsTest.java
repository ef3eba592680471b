package dev.imprimatur.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Events from the command line, on the user's own local database.
class OutboxCommandsTest {
  @TempDir Path folder;
  private Terminal terminal;
  private Path file;
  private Path article;

  @BeforeEach
  void open() throws IOException {
    terminal = new Terminal(folder);
    file = folder.resolve("out").resolve("events.jsonl");
    article = Files.writeString(folder.resolve("a.md"), Texts.WEAK);
  }

  @Test
  void groupAndCommandsHaveTheirOwnHelp() {
    assertThat(terminal.run("outbox", "--help").exits(0).out())
        .contains("imprimatur outbox", "list", "show", "replay", "skip", "counters");
    assertThat(terminal.run("outbox", "replay", "--help").exits(0).out())
        .contains("--dead", "--subscriber");
  }

  @Test
  void anEmptyOutboxIsSound() {
    assertThat(terminal.json("outbox", "list").path("events").size()).isZero();
    JsonNode counters = terminal.json("outbox", "counters");
    assertThat(counters.path("sound").asBoolean()).isTrue();
    assertThat(counters.at("/deliveries/dead").asInt(-1)).isZero();
    assertThat(counters.at("/must_be_zero/facts_with_two_events").asInt(-1)).isZero();
    assertThat(terminal.run("outbox", "list").exits(0).out()).contains("no such events");
  }

  @Test
  void everyEventGoesToTheFileAndAgainWhenReplayed() throws IOException {
    terminal.with("IMPRIMATUR_OUTBOX_JSONL_FILE", file.toString());
    evaluate();
    JsonNode events = terminal.json("outbox", "list", "--state", "acknowledged").path("events");
    assertThat(events.size()).isPositive();
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(events.size());
    assertThat(lines.stream().map(l -> Json.parse(l).path("event_id").asString()))
        .containsExactlyInAnyOrderElementsOf(events.findValuesAsString("event_id"));

    String event = events.path(0).path("event_id").asString();
    JsonNode replayed = terminal.json("outbox", "replay", event.substring(0, 8));
    assertThat(replayed.path("outcome").asString()).isEqualTo("decided");
    assertThat(replayed.at("/event/deliveries/0/state").asString()).isEqualTo("acknowledged");
    JsonNode shown = terminal.json("outbox", "show", event).at("/deliveries/0");
    assertThat(shown.path("state").asString()).isEqualTo("acknowledged");
    assertThat(shown.path("publish_count").asInt()).isEqualTo(2);
    assertThat(Files.readAllLines(file)).hasSize(lines.size() + 1);
    assertThat(terminal.run("outbox", "show", event).exits(0).out())
        .contains(event, "json-lines", "acknowledged");
    assertThat(terminal.json("audit", "list", "--type", "outbox_event").path("entries").size())
        .isEqualTo(1);
    terminal.json("audit", "verify");
  }

  @Test
  void aFileThatCannotBeWrittenEndsInDeadDeliveriesThatAreReplayed() throws IOException {
    Files.writeString(folder.resolve("out"), "a file where a folder is needed");
    terminal
        .with("IMPRIMATUR_OUTBOX_JSONL_FILE", file.toString())
        .with("IMPRIMATUR_OUTBOX_MAX_ATTEMPTS", "1");
    evaluate();
    deliverAll();
    JsonNode dead = terminal.json("outbox", "list", "--state", "dead").path("events");
    assertThat(dead.size()).isPositive();
    assertThat(dead.at("/0/deliveries/0/last_error").asString())
        .contains("outbox.jsonl-file", file.toString());
    assertThat(terminal.run("outbox", "list", "--subscriber", "json-lines").exits(0).out())
        .contains("dead", "json-lines");

    Files.delete(folder.resolve("out"));
    assertThat(
            terminal
                .json("outbox", "replay", "--dead", "--subscriber", "json-lines")
                .path("deliveries")
                .asInt())
        .isEqualTo(dead.size());
    deliverAll();
    JsonNode counters = terminal.json("outbox", "counters");
    assertThat(counters.at("/deliveries/dead").asInt(-1)).isZero();
    assertThat(counters.at("/deliveries/pending").asInt(-1)).isZero();
    assertThat(Files.readAllLines(file)).hasSize(counters.path("events").asInt());
  }

  @Test
  void whatCannotBeDoneIsRefusedWithAReason() {
    terminal.with("IMPRIMATUR_OUTBOX_JSONL_FILE", file.toString());
    evaluate();
    assertThat(
            terminal
                .run("outbox", "replay", "--dead", "--json")
                .exits(1)
                .json()
                .path("code")
                .asString())
        .isEqualTo("nothing_to_replay");
    String event =
        terminal.json("outbox", "list").path("events").path(0).path("event_id").asString();
    terminal.run("outbox", "skip", event, "--reason", "x").exits(1).says("not_dead");
    terminal
        .run("outbox", "replay", event, "--subscriber", "nobody")
        .exits(1)
        .says("unknown_subscriber", "json-lines");
    terminal.run("outbox", "replay").exits(2).says("either an event or --dead");
    terminal.run("outbox", "replay", event, "--dead").exits(2).says("either an event or --dead");
    terminal.run("outbox", "show", "ffffffff").exits(2).says("no event");
    terminal.run("outbox", "list", "--state", "lost").exits(2).says("--state", "dead");
    terminal
        .run("outbox", "list", "--set", "outbox.max-attempts=0")
        .exits(2)
        .says("outbox.max-attempts", "1 to 1000");
  }

  private void evaluate() {
    terminal.json("evaluate", article.toString());
  }

  /// Any decision hands on what is due.
  private void deliverAll() {
    String job =
        terminal
            .json("queue", "enqueue", "--workspace", "w", "--kind", "diagnostic.noop")
            .at("/jobs/0/id")
            .asString();
    terminal.json("queue", "cancel", job);
  }
}
