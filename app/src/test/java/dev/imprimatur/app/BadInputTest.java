package dev.imprimatur.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Whatever is wrong with what a user gives: one clear line each, status 2, and the rest goes on.
class BadInputTest {
  @TempDir Path folder;
  private Terminal terminal;

  @BeforeEach
  void open() {
    terminal = new Terminal(folder.resolve("home"));
  }

  @Test
  void everyBrokenFileIsOneLineAndTheGoodOneIsEvaluated() throws IOException {
    Path in = Files.createDirectories(folder.resolve("in"));
    Files.writeString(in.resolve("empty.md"), "");
    Files.write(in.resolve("binary.md"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, 1, 2, 3});
    byte[] large = new byte[20 << 20];
    Arrays.fill(large, (byte) 'a');
    Files.write(in.resolve("large.txt"), large);
    Files.write(
        in.resolve("latin.md"),
        "caf\u00e9 is not valid here".getBytes(StandardCharsets.ISO_8859_1));
    Files.writeString(in.resolve("no-text.html"), "<html><body><img src='x.png'></body></html>");
    Files.writeString(in.resolve("broken.xml"), "<rss version='2.0'><channel><item><title>cut");
    Path missing = folder.resolve("missing.md");
    Files.writeString(in.resolve("good.md"), Texts.WEAK);

    var result = terminal.run("evaluate", in.toString(), missing.toString(), "--json").exits(2);

    JsonNode json = result.json();
    assertThat(json.path("articles").size()).isEqualTo(1);
    assertThat(json.at("/articles/0/run/status").asString()).isEqualTo("completed");
    assertThat(json.path("errors").size()).isEqualTo(7);
    assertThat(result.lines()).hasSize(7).allMatch(line -> line.startsWith("imprimatur: "));
    assertThat(result.err())
        .contains(
            "empty.md",
            "binary.md",
            "large.txt",
            "latin.md",
            "no-text.html",
            "broken.xml",
            "missing.md");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "evaluate|name paths",
        "evaluate --all x.md|only one of them",
        "queue|Missing required subcommand",
        "nonsense|Unmatched argument",
        "articles --nonsense|Unknown option",
        "articles --db mysql://x|known",
        "articles --set nonsense=1|nonsense",
        "articles --set review.ai-threshold=101|must be from 0 to 100",
        "escalations --status odd|none of",
        "escalation show xyz|is no id",
        "escalation show 0000|there is no escalation",
        "escalation resolve 0000 --decision odd|none of override",
        "escalation resolve 0000|--decision",
        "escalation snooze 0000 --for soon|no duration",
        "rewrite request|name a version",
        "queue list --status odd|none of pending",
        "queue enqueue --kind diagnostic.noop|workspace_id",
        "queue enqueue --workspace w|kind",
        "queue enqueue --workspace w --kind odd|odd",
        "queue enqueue --workspace w --kind diagnostic.noop --payload {x|payload",
        "queue enqueue --workspace w --kind diagnostic.sleep|payload.millis",
        "queue enqueue --workspace w --kind diagnostic.noop --count 0|--count",
        "worker --concurrency 0|--concurrency",
        "worker --max-jobs -1|--max-jobs",
        "worker --poll-interval 0|--poll-interval",
      })
  void badUsageIsOneLineAndStatus2(String command, String part) {
    terminal.run(command.split(" ")).exits(2).says(part);
    JsonNode json = terminal.run((command + " --json").split(" ")).exits(2).json();
    assertThat(json.path("outcome").asString()).isEqualTo("error");
    assertThat(json.path("message").asString()).contains(part);
  }

  @Test
  void anIdMayBeShortenedAsLongAsItIsClear() {
    terminal.json("queue", "enqueue", "--workspace", "w", "--kind", "diagnostic.noop");
    String id = terminal.json("queue", "list").at("/jobs/0/id").asString();
    assertThat(terminal.json("queue", "show", id.substring(0, 4)).path("id").asString())
        .isEqualTo(id);
    assertThat(terminal.json("queue", "show", id).path("id").asString()).isEqualTo(id);
  }

  @Test
  void decisionsNeedAReason() throws IOException {
    Path file = Files.writeString(folder.resolve("a.md"), Texts.WEAK);
    String article =
        terminal.json("evaluate", file.toString()).at("/articles/0/article").asString();
    String escalation = terminal.json("escalations").at("/escalations/0/id").asString();

    terminal
        .run("escalation", "resolve", escalation, "--decision", "override")
        .exits(1)
        .says("reason_required", "--reason");
    terminal.run("revoke", article).exits(1).says("reason_required");
    terminal.run("revoke", article, "--reason", "x").exits(1).says("not_approved");
  }

  @Test
  void whoDecidesOnAnOldRevisionIsToldWhoDidWhat() throws IOException {
    Path file = Files.writeString(folder.resolve("a.md"), Texts.WEAK);
    terminal.json("evaluate", file.toString());
    String escalation = terminal.json("escalations").at("/escalations/0/id").asString();
    terminal.json("escalation", "claim", escalation, "--revision", "1");

    var late = terminal.run("escalation", "snooze", escalation, "--revision", "1").exits(1);
    late.says("it has changed meanwhile", "escalation.claimed", "editor", "revision 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"escalations", "articles", "rewrite list", "queue list", "audit list"})
  void anEmptyListIsSaidInWords(String command) {
    assertThat(terminal.run(command.split(" ")).exits(0).out())
        .matches("(?s)(There are no|No escalation).*\\.\n");
  }

  @Test
  void withoutACommandTheCommandsAreListed() {
    var result = terminal.run().exits(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("no display", "evaluate", "doctor");
  }
}
