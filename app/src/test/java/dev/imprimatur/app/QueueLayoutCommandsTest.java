package dev.imprimatur.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.queue.QueueLayout;
import dev.imprimatur.persistence.LayoutSteps;
import dev.imprimatur.persistence.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The queue's layout from the command line.
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
    assertThat(terminal.run("queue", "layout", "legacy").exits(1).err()).contains("not_a_step");
    terminal.run("queue", "layout", "sideways").exits(2);
    assertThat(terminal.json("queue", "layout", "dual").path("layout").asString())
        .isEqualTo("dual");
    terminal.run("queue", "enqueue", "--workspace", "w", "--kind", "diagnostic.noop").exits(0);
    JsonNode status = terminal.json("queue", "layout");
    assertThat(status.path("only_old").asLong()).isZero();
    assertThat(status.path("only_new").asLong()).isZero();
    assertThat(terminal.json("queue", "divergence").path("differences").size()).isZero();
    assertThat(terminal.run("queue", "divergence").exits(0).out()).contains("No job differs");
    terminal.run("queue", "layout", "legacy").exits(0);
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
    terminal.run("queue", "layout", "dual").exits(0);
    for (JsonNode setting : terminal.json("settings").path("settings")) {
      if (setting.path("name").asString().equals("queue.layout")) {
        assertThat(setting.path("value").asString()).isEqualTo("dual");
        assertThat(setting.path("origin").asString()).isEqualTo("database");
        return;
      }
    }
    throw new AssertionError("queue.layout is not among the settings");
  }

  @Test
  void whatStandsOnlyInTheOldLayoutIsCopied() {
    terminal.run("queue", "layout", "dual").exits(0);
    terminal.run("queue", "layout", "legacy").exits(0);
    terminal
        .run("queue", "enqueue", "--workspace", "w", "--kind", "diagnostic.noop", "--count", "1201")
        .exits(0);
    terminal.run("queue", "backfill").exits(1).says("not_dual", "queue layout dual");
    terminal.run("queue", "layout", "dual").exits(0);
    terminal.run("queue", "layout", "workspace").exits(1).says("layouts_differ", "queue backfill");
    JsonNode done = terminal.json("queue", "backfill");
    assertThat(done.path("copied").asLong()).isEqualTo(1201);
    assertThat(done.path("in_both").asLong()).isEqualTo(1201);
    assertThat(terminal.run("queue", "backfill").exits(0).out()).contains("0 jobs were copied");
    terminal.run("queue", "layout", "workspace").exits(0);
    assertThat(terminal.run("queue", "backfill").exits(0).out()).contains("0 jobs were copied");
  }

  @Test
  void whatDiffersIsListed() {
    try (TestDatabase database = TestDatabase.migrated(TestDatabase.Kind.POSTGRES)) {
      Terminal admin = new Terminal(folder).always("--db", database.url());
      admin.run("queue", "layout", "dual").exits(0);
      String id =
          admin
              .json("queue", "enqueue", "--workspace", "w", "--kind", "diagnostic.noop")
              .at("/jobs/0/id")
              .asString();
      admin.run("queue", "divergence").exits(0);
      LayoutSteps.execute(database, QueueLayout.DUAL, "UPDATE legacy_job SET priority = 9");
      assertThat(admin.run("queue", "divergence").exits(1).out()).contains(id, "priority");
      JsonNode found = admin.run("queue", "divergence", "--json").exits(1).json();
      assertThat(found.at("/differences/0/columns/0").asString()).isEqualTo("priority");
      admin.run("queue", "layout", "workspace").exits(1).says("layouts_differ", "queue divergence");
    }
  }
}
