package dev.imprimatur.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The queue's layout from the command line, on the user's own local database.
class QueueLayoutCommandsTest {
  @TempDir Path folder;
  private Terminal terminal;

  @BeforeEach
  void open() {
    terminal = new Terminal(folder);
  }

  @Test
  void itIsShownAndChangedStepByStep() {
    assertThat(terminal.run("queue", "layout").exits(0).out()).contains("layout is workspace");
    assertThat(terminal.run("queue", "layout", "set", "legacy").exits(1).err())
        .contains("not_a_step");
    terminal.run("queue", "layout", "set", "sideways").exits(2);
    assertThat(terminal.json("queue", "layout", "set", "dual").path("layout").asString())
        .isEqualTo("dual");
    terminal.run("queue", "enqueue", "--workspace", "w", "--kind", "diagnostic.noop").exits(0);
    JsonNode status = terminal.json("queue", "layout");
    assertThat(status.path("only_old").asLong()).isZero();
    assertThat(status.path("only_new").asLong()).isZero();
    assertThat(terminal.json("queue", "layout", "diff").path("differences").size()).isZero();
    assertThat(terminal.run("queue", "layout", "diff").exits(0).out()).contains("No job differs");
    terminal.run("queue", "layout", "set", "legacy").exits(0);
    assertThat(terminal.json("queue", "list").path("jobs").size()).isEqualTo(1);
    assertThat(
            terminal
                .json("audit", "list", "--type", "setting", "--id", "queue.layout")
                .path("entries")
                .size())
        .isEqualTo(2);
  }

  @Test
  void settingsShowIt() {
    terminal.run("queue", "layout", "set", "dual").exits(0);
    for (JsonNode setting : terminal.json("settings").path("settings")) {
      if (setting.path("name").asString().equals("queue.layout")) {
        assertThat(setting.path("value").asString()).isEqualTo("dual");
        assertThat(setting.path("origin").asString()).isEqualTo("database");
        return;
      }
    }
    throw new AssertionError("queue.layout is not among the settings");
  }
}
