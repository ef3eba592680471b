package dev.imprimatur.bench.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imprimatur.engine.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ResultsTest {
  @TempDir Path folder;

  @Test
  void theFileHoldsEveryRunAndWhatTheyComeTo() throws IOException {
    Path file = folder.resolve("new/results.json");
    var results = new Results(file, Json.object().put("date", "2026-01-01"));
    results.add(run("a", 1, 100, 0, 0));
    results.add(run("a", 2, 300, 0, 0));
    results.add(run("b", 1, 50, 0, 0));
    JsonNode written = Json.parse(Files.readString(file));
    assertThat(written.path("facts").path("date").asString()).isEqualTo("2026-01-01");
    assertThat(written.path("runs").size()).isEqualTo(3);
    assertThat(written.path("summary").size()).isEqualTo(2);
    JsonNode a = written.path("summary").path(0);
    assertThat(a.path("variant").asString()).isEqualTo("a");
    assertThat(a.path("median").asDouble()).isEqualTo(200);
    assertThat(a.path("lowest").asDouble()).isEqualTo(100);
    assertThat(a.path("highest").asDouble()).isEqualTo(300);
    assertThat(a.path("count").asInt()).isEqualTo(2);
    assertThat(results.clean()).isTrue();
  }

  @Test
  void whatWasLostOrRanTwiceOrFailedIsNotClean() {
    var lost = new Results(folder.resolve("1.json"), Json.object());
    lost.add(run("a", 1, 1, 1, 0));
    var twice = new Results(folder.resolve("2.json"), Json.object());
    twice.add(run("a", 1, 1, 0, 1));
    var failed = new Results(folder.resolve("3.json"), Json.object());
    failed.failed("throughput", "a", "no");
    assertThat(List.of(lost.clean(), twice.clean(), failed.clean())).containsOnly(false);
  }

  @Test
  void effectsAreSummedOverProcesses() throws IOException {
    Path first = ledger(new long[][] {{1, 500, 0}, {0, 0, 0}, {1, 700, 0}, {0, 0, 0}});
    Path second = ledger(new long[][] {{0, 0, 0}, {1, 650, 0}, {2, 600, 0}, {0, 0, 0}});
    Path producer = ledger(new long[][] {{0, 0, 400}, {0, 0, 500}, {0, 0, 550}, {0, 0, 600}});
    Effects effects = Effects.read(List.of(first, second, producer));
    assertThat(effects.lost()).isEqualTo(1);
    assertThat(effects.repeats()).isEqualTo(2);
    assertThat(effects.firstStart()).isEqualTo(500);
    assertThat(effects.latencies(0)).containsExactly(50, 100, 150);
    assertThat(effects.latencies(2)).containsExactly(50);
  }

  @Test
  void aSectionOfAPageIsReplacedAndTheRestStays() throws IOException {
    String page = "a\n<!-- bench:x -->\nold\n<!-- /bench:x -->\nb\n";
    assertThat(Section.replaced(page, "x", "new\n", "page"))
        .isEqualTo("a\n<!-- bench:x -->\nnew\n<!-- /bench:x -->\nb\n");
    assertThatThrownBy(() -> Section.replaced(page, "y", "new\n", "page.md"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("page.md");
  }

  private static Run run(String variant, int repetition, double value, int lost, int repeats) {
    return new Run("throughput", variant, "", repetition, 10, value, lost, repeats, Json.object());
  }

  private Path ledger(long[][] rows) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(rows.length * 20).order(ByteOrder.LITTLE_ENDIAN);
    for (long[] row : rows) {
      buffer.putInt((int) row[0]).putLong(row[1]).putLong(row[2]);
    }
    return Files.write(Files.createTempFile(folder, "ledger", ".bin"), buffer.array());
  }
}
