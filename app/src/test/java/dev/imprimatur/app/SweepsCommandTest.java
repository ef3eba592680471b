package dev.imprimatur.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Sweeps from the command line, on the user's own local database.
class SweepsCommandTest {
  @TempDir Path folder;
  private Terminal terminal;

  @BeforeEach
  void open() {
    terminal = new Terminal(folder);
  }

  private JsonNode sweep(String name) {
    for (JsonNode sweep : terminal.json("sweeps").path("sweeps")) {
      if (sweep.path("name").asString().equals(name)) {
        return sweep;
      }
    }
    throw new AssertionError("no sweep " + name);
  }

  @Test
  void theyAreListedAndHaveHelp() {
    assertThat(terminal.run("sweeps", "--help").exits(0).out())
        .contains("run", "pause", "resume", "interval", "history");
    assertThat(terminal.run("sweeps").exits(0).out())
        .contains(
            "batch-completion",
            "batch-monitor",
            "expired-claims",
            "lock-waits",
            "outbox-relay",
            "retention",
            "stale-jobs",
            "stuck-runs",
            "tour-expiry");
    assertThat(sweep("stale-jobs").path("interval_ms").asLong()).isEqualTo(60_000);
    assertThat(sweep("stale-jobs").path("state").asString()).isEqualTo("waiting");
    assertThat(sweep("stale-jobs").path("last").isNull()).isTrue();
  }

  @Test
  void theyArePausedResumedAndGivenAnInterval() {
    assertThat(terminal.run("sweeps", "pause", "retention").exits(0).out()).contains("is paused");
    assertThat(sweep("retention").path("state").asString()).isEqualTo("paused");
    assertThat(terminal.run("sweeps", "pause", "retention").exits(1).err())
        .contains("sweep.paused");
    assertThat(terminal.run("sweeps", "resume", "retention").exits(0).out()).contains("every 1h");
    assertThat(terminal.run("sweeps", "interval", "retention", "90s").exits(0).out())
        .contains("every 90s");
    assertThat(sweep("retention").path("interval_ms").asLong()).isEqualTo(90_000);
    terminal.run("sweeps", "interval", "retention", "default").exits(0);
    assertThat(sweep("retention").path("interval_ms").asLong()).isEqualTo(3_600_000);
    assertThat(terminal.run("sweeps", "interval", "retention", "8d").exits(1).err())
        .contains("interval_out_of_range", "1s to 7d");
    terminal.run("sweeps", "interval", "retention", "soon").exits(2);
    assertThat(terminal.run("sweeps", "pause", "nothing").exits(1).err()).contains("not_found");
    assertThat(
            terminal
                .json("audit", "list", "--type", "sweep", "--id", "retention")
                .path("entries")
                .size())
        .isEqualTo(4);
  }

  @Test
  void oneThatIsAskedForIsTakenUpByAWorker() {
    assertThat(terminal.json("sweeps", "run", "stale-jobs").at("/sweep/state").asString())
        .isEqualTo("requested");
    assertThat(terminal.run("sweeps", "run", "stale-jobs").exits(1).err())
        .contains("sweep.requested");
    terminal.json("audit", "verify");
    assertThat(terminal.run("sweeps", "history", "stale-jobs").exits(0).out())
        .contains("has not run yet");
  }
}
