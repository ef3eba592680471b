package dev.imprimatur.fxml;

import static dev.imprimatur.fxml.ConsoleRobot.SOON;
import static dev.imprimatur.fxml.ConsoleRobot.fx;
import static dev.imprimatur.persistence.Bench.decided;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imprimatur.engine.board.BoardState;
import dev.imprimatur.engine.board.BoardView;
import dev.imprimatur.engine.board.Brand;
import dev.imprimatur.engine.board.LocalSynthesizer;
import dev.imprimatur.engine.board.Today;
import dev.imprimatur.engine.evidence.EvidenceImports;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.queue.Job;
import dev.imprimatur.engine.queue.JobStatus;
import dev.imprimatur.engine.store.Transaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javafx.scene.control.ComboBox;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A brand's way to its board in the window, and what is told when that fails, over a real engine
/// on a temporary database. Pictures of what is seen are left in `target/screens`.
class TodayScreenTest {
  @TempDir Path folder;

  private ConsoleRobot robot;

  @AfterEach
  void close() {
    robot.close();
  }

  private Path evidence() throws IOException {
    return evidence("evidence.jsonl", 6, 3);
  }

  /// So many items on approval, and so many on detection.
  private Path evidence(String name, int approval, int detection) throws IOException {
    var lines = new StringBuilder();
    for (int i = 0; i < approval; i++) {
      lines.append(
          line(
              "a" + i,
              "Approval queues of newsrooms grow again, week " + (30 + i),
              "Articles wait for editorial sign-off while reviewers are away."));
    }
    for (int i = 0; i < detection; i++) {
      lines.append(
          line(
              "b" + i,
              "Detectors of machine text misjudge students, study " + (i + 1),
              "False alarms of AI detection rise in a study of essays."));
    }
    return Files.writeString(folder.resolve(name), lines);
  }

  private static String line(String id, String title, String summary) {
    return Json.write(
            Json.object()
                .put("id", id)
                .put("title", title)
                .put("summary", summary)
                .put("url", "https://example.org/news/" + id))
        + "\n";
  }

  private Brand brand() {
    return robot.engine().today().brands().find("Acme").orElseThrow();
  }

  private BoardView look() {
    return robot.engine().today().boards().look(brand().id()).orElseThrow();
  }

  @FunctionalInterface
  private interface End {
    void end(Transaction tx, Job job);
  }

  /// What a worker that is in trouble would do with the job that waits.
  private void attempt(End end) {
    robot
        .bench()
        .database()
        .automation()
        .run(tx -> end.end(tx, tx.jobs().claim("w", Today.KINDS, List.of(), 1).getFirst()));
  }

  private void bring(Path file) {
    decided(robot.engine().evidence().run(brand().id(), file, EvidenceImports.Watch.NONE));
  }

  /// A board without opportunities, and what came in since it was made.
  @Test
  void anEmptyBoardIsOvertakenByWhatComesIn() throws IOException {
    robot = ConsoleRobot.onH2();
    var today = robot.engine().today();
    List<String> pillars = List.of("Editorial approval, sign-off", "AI detection");
    decided(today.brands().add("Acme", pillars, List.of("Editors who approve articles")));
    bring(evidence("few.jsonl", 4, 3));
    decided(today.boards().generate(brand().id()));
    await("the first board")
        .atMost(SOON)
        .until(() -> look().state() == BoardState.INSUFFICIENT_EVIDENCE);
    robot.show(folder);
    robot.fire("#nav-today");
    robot.awaitText("#today-blank-head", "Too little evidence"::equals);
    robot.awaitText("#today-about", t -> t.contains("Board 1"));
    robot.picture("today-insufficient");

    bring(evidence("more.jsonl", 6, 3));
    robot.awaitText("#today-blank-head", "There is more to make a board of"::equals);
    robot.awaitText("#today-blank-text", t -> t.startsWith("2 evidence items have come in"));
    robot.picture("today-outdated");

    robot.fire("#today-blank-act");
    robot.awaitText("#today-about", t -> t.contains("Board 2") && t.contains("2 opportunities"));
    assertThat(robot.glass().trespasses()).isEmpty();
  }

  @Test
  void fromABrandToItsBoardAndThroughItsTroubles() throws IOException {
    robot = ConsoleRobot.onH2().choosing(evidence());
    robot.show(folder);
    robot.fire("#nav-today");
    robot.awaitText("#today-blank-head", "No brand yet"::equals);
    robot.picture("today-none");

    // Add a brand.
    robot.fire("#today-blank-act");
    robot.awaitShown("#brand-name");
    robot.type("#brand-name", "Acme");
    robot.type("#brand-pillars", "Editorial approval, sign-off\nAI detection");
    robot.type("#brand-personas", "Editors who approve articles");
    robot.dialogPicture("today-brand");
    robot.confirm();
    robot.awaitText("#today-blank-head", "Too little evidence"::equals);
    robot.picture("today-few");

    // Bring evidence: the next look asks for the first board.
    robot.fire("#today-blank-act");
    robot.awaitShown("#today-list");
    robot.awaitText("#today-about", t -> t.contains("Board 1") && t.contains("2 opportunities"));
    robot.awaitText("#today-detail .today-detail-title", t -> t.startsWith("Approval queues"));
    assertThat(look().board().orElseThrow().opportunities()).hasSize(2);
    robot.picture("today-board");
    robot.press(KeyCode.DOWN);
    robot.awaitText("#today-detail .today-detail-title", t -> t.startsWith("Detectors"));

    // A second one, made by hand.
    robot.fire("#today-generate");
    robot.awaitText("#today-about", t -> t.contains("Board 2"));
    robot.awaitShown("#today-history");
    fx(() -> {
      @SuppressWarnings("unchecked")
      ComboBox<Integer> history = robot.node("#today-history", ComboBox.class);
      history.setValue(1);
      return null;
    });
    robot.awaitText("#today-about", t -> t.contains("Board 1"));
    robot.picture("today-history");

    // A look that fails leaves what is in sight, and says so.
    robot.execute("ALTER TABLE brand_context RENAME TO brand_context_away");
    robot.fire("#nav-articles");
    robot.fire("#nav-today");
    robot.awaitText("#today-banner-head", t -> t.startsWith("What you see may be old"));
    robot.awaitText("#today-about", t -> t.contains("Board 1"));
    robot.picture("today-unread");
    robot.execute("ALTER TABLE brand_context_away RENAME TO brand_context");
    robot.fire("#today-act");
    robot.awaitGone("#today-banner");

    // The next one fails meanwhile: the last good one stays in sight.
    robot.bench().stopWork();
    robot.fire("#today-generate");
    await("the job").atMost(SOON).until(() -> look().underWay());
    attempt((tx, job) -> tx.jobs().retryLater(job.claim(), "out of memory", Duration.ZERO));
    robot.awaitText("#today-banner-text", t -> t.contains("out of memory"));
    robot.awaitText("#today-about", t -> t.contains("Board 2"));
    robot.picture("today-degraded");

    // It fails for good.
    var handler =
        Today.handlers(
                robot.bench().database().automation(),
                new LocalSynthesizer(),
                robot.engine().settings(),
                FaultPoints.NONE)
            .getFirst();
    attempt((tx, job) -> {
      var diagnostics =
          Json.object()
              .put("error", "stuck_job_timeout")
              .put("job_id", job.key().id().toString())
              .put("attempts", 3)
              .put("last_worker", "desk-3-9f21c07a")
              .put("detail", "no heartbeat from desk-3-9f21c07a for more than 600 s");
      tx.jobs().abandon(job.claim(), JobStatus.FAILED, "no heartbeat", diagnostics);
      handler.exhausted(tx, job, diagnostics);
    });
    robot.awaitText("#today-blank-head", t -> t.contains("its worker was lost"));
    robot.awaitText("#today-diagnostics", t -> t.contains("no heartbeat from desk-3"));
    assertThat(look().state()).isEqualTo(BoardState.ERROR);
    robot.picture("today-error");

    // The way out is a button.
    robot.fire("#today-blank-act");
    robot.awaitText("#today-blank-text", t -> t.startsWith("It waits for a worker"));
    robot.picture("today-waiting");
    robot.bench().work();
    robot.awaitText("#today-about", t -> t.contains("Board 4") && t.contains("2 opportunities"));
    assertThat(robot.glass().trespasses()).isEmpty();

    // The brand is remembered.
    robot.closeWindow();
    robot.reopen(folder);
    robot.fire("#nav-today");
    robot.awaitText("#today-about", t -> t.contains("Board 4"));
  }
}
