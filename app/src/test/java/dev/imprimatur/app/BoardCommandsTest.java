package dev.imprimatur.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Brands, evidence and boards from the command line, on the user's own local database.
class BoardCommandsTest {
  @TempDir Path folder;
  private Terminal terminal;

  @BeforeEach
  void open() {
    terminal = new Terminal(folder);
  }

  private String evidence(int count) throws IOException {
    var lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      lines.append(
          "{\"id\":\"%d\",\"title\":\"Approval queues grow %d\",\"summary\":\"Editors wait for sign-off.\"}\n"
              .formatted(i, i));
    }
    return Files.writeString(folder.resolve("evidence.jsonl"), lines).toString();
  }

  @Test
  void fromABrandToItsBoard() throws IOException {
    assertThat(
            terminal
                .run(
                    "brand",
                    "add",
                    "Acme",
                    "--pillar",
                    "Approval, sign-off",
                    "--persona",
                    "Editors")
                .exits(0)
                .out())
        .contains("Acme is added", "Approval, sign-off");
    assertThat(
            terminal.json("brand", "list").path("brands").get(0).path("pillars").get(0).asString())
        .isEqualTo("Approval, sign-off");
    JsonNode none = terminal.json("board", "show", "acme");
    assertThat(none.path("state").asString()).isEqualTo("NOT_GENERATED");
    assertThat(none.path("why").path("code").asString()).isEqualTo("not_enough_evidence");
    assertThat(none.path("why").path("facts").path("need").asInt()).isEqualTo(8);
    assertThat(none.path("job").isNull()).isTrue();
    JsonNode brought = terminal.json("evidence", "import", evidence(8), "--brand", "Acme");
    assertThat(brought.path("new").asInt()).isEqualTo(8);
    assertThat(terminal.run("evidence", "import", evidence(8), "--brand", "Acme").exits(0).out())
        .contains("0 new, 8 known");
    // The first look asks, and makes nothing.
    JsonNode asked = terminal.json("board", "show", "Acme");
    assertThat(asked.path("state").asString()).isEqualTo("GENERATING");
    assertThat(asked.path("job").path("client_request_id").asString())
        .isEqualTo("board:Acme:first");
    JsonNode made = terminal.json("board", "generate", "Acme");
    assertThat(made.path("state").asString()).isEqualTo("READY");
    assertThat(made.path("ready_reason").asString()).isEqualTo("generated");
    assertThat(made.path("degraded").asBoolean()).isFalse();
    assertThat(made.path("why").path("code").asString()).isEqualTo("generated");
    assertThat(made.path("why").path("facts").path("items").asInt()).isEqualTo(8);
    assertThat(made.path("why").path("facts").path("candidates").asInt()).isEqualTo(1);
    assertThat(made.path("why").path("facts").path("rejected").size()).isZero();
    assertThat(made.path("why").path("unblock").isNull()).isTrue();
    // It joined in what was asked for.
    assertThat(made.path("number").asInt()).isEqualTo(1);
    JsonNode one = made.path("opportunities").get(0);
    JsonNode points = one.path("points");
    assertThat(
            points
                .path("volume")
                .decimalValue()
                .add(points.path("recency").decimalValue())
                .add(points.path("novelty").decimalValue())
                .add(points.path("persona").decimalValue()))
        .isEqualByComparingTo(one.path("score").decimalValue());
    assertThat(one.path("evidence").size()).isEqualTo(8);
    assertThat(terminal.run("board", "show", "Acme").exits(0).out())
        .contains("Acme: ready, generated", "Approval queues grow");
    terminal.run("board", "generate", "Acme").exits(0);
    assertThat(terminal.json("board", "history", "Acme").path("boards").size()).isEqualTo(2);
    assertThat(terminal.json("board", "show", "Acme", "--number", "1").path("number").asInt())
        .isEqualTo(1);
  }

  @Test
  void whatIsWrongIsTold() throws IOException {
    terminal.run("board", "show", "Nobody").exits(2).says("there is no brand 'Nobody'");
    terminal.run("brand", "add", " ").exits(1);
    terminal.run("brand", "add", "Acme").exits(0);
    terminal
        .run("evidence", "import", "nowhere.csv", "--brand", "Acme")
        .exits(2)
        .says("does not exist");
    terminal.run("evidence", "import", evidence(1)).exits(2);
    terminal.run("board", "show", "Acme", "--number", "7").exits(2).says("has no board 7");
    assertThat(terminal.run("board", "generate", "Acme").exits(0).out())
        .contains("insufficient evidence", "Import 8 more");
  }
}
