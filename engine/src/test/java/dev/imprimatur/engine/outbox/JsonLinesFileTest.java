package dev.imprimatur.engine.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imprimatur.engine.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class JsonLinesFileTest {
  @TempDir Path folder;

  @Test
  void eachEventIsOneLineWithItsId() throws IOException {
    Path file = folder.resolve("made/for/it/events.jsonl");
    OutboxEvent event = event("line one\nline two ü");
    var lines = new JsonLinesFile(file);
    lines.send(event);
    lines.send(event);
    List<String> read = Files.readAllLines(file);
    assertThat(read).hasSize(2);
    assertThat(read.get(0)).isEqualTo(read.get(1));
    JsonNode json = Json.parse(read.getFirst());
    assertThat(json.path("event_id").asString()).isEqualTo(event.id().toString());
    assertThat(json.path("type").asString()).isEqualTo("TestV1");
    assertThat(json.path("aggregate_type").asString()).isEqualTo("test");
    assertThat(json.path("aggregate_id").asString()).isEqualTo("a");
    assertThat(json.path("key").asString()).isEqualTo("k");
    assertThat(json.path("occurred_at").asString()).isEqualTo("2026-01-02T03:04:05Z");
    assertThat(json.at("/payload/text").asString()).isEqualTo("line one\nline two ü");
  }

  @Test
  void halfALineOfOursIsCutOff() throws IOException {
    for (String half : List.of("{", "{\"event_id\":\"12", "{\"event_id\":\"12\",\"type\":\"T")) {
      Path file = folder.resolve(UUID.randomUUID() + ".jsonl");
      Files.writeString(file, "{}\n" + half);
      new JsonLinesFile(file).send(event("x"));
      List<String> read = Files.readAllLines(file);
      assertThat(read).hasSize(2);
      assertThat(Json.parse(read.get(1)).path("key").asString()).isEqualTo("k");
    }
  }

  @Test
  void whatIsNotOursStays() throws IOException {
    Path file = Files.writeString(folder.resolve("notes.txt"), "my notes");
    new JsonLinesFile(file).send(event("x"));
    assertThat(Files.readAllLines(file)).hasSize(2).first().isEqualTo("my notes");
  }

  @Test
  void aFolderInItsPlaceIsToldByName() {
    assertThatThrownBy(() -> new JsonLinesFile(folder).send(event("x")))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("outbox.jsonl-file", folder.toString(), "replay");
  }

  private static OutboxEvent event(String text) {
    return new OutboxEvent(
        UUID.randomUUID(),
        1,
        "test",
        "a",
        "TestV1",
        "k",
        Json.object().put("text", text),
        Instant.parse("2026-01-02T03:04:05Z"));
  }
}
