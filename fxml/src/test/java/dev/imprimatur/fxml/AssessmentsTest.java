package dev.imprimatur.fxml;

import static dev.imprimatur.fxml.ConsoleRobot.fx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imprimatur.engine.assessment.Batch;
import dev.imprimatur.engine.assessment.BatchQuery;
import dev.imprimatur.engine.assessment.NewBatch;
import dev.imprimatur.engine.document.MediaType;
import dev.imprimatur.engine.judge.JudgeDesk;
import dev.imprimatur.persistence.Bench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Assessments in the window: made, judged, ranked, looked at from all sides, exported.
class AssessmentsTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path folder;

  private ConsoleRobot robot;

  @BeforeEach
  void open() {
    robot = ConsoleRobot.onH2();
  }

  @AfterEach
  void close() {
    robot.close();
  }

  private void toAssessments() {
    robot.press(KeyCode.CONTROL, KeyCode.DIGIT4);
  }

  private Batch newest() {
    var reports = robot.engine().assessment().reports();
    UUID id = reports.order(BatchQuery.ALL).getFirst();
    return reports.rows(List.of(id)).get(id);
  }

  @Test
  void articlesAreRankedByTheLocalJudge() throws IOException {
    for (int i = 1; i <= 6; i++) {
      robot.store(
          "How to bake bread, version of baker " + i,
          "# How to bake bread\n\n"
              + "1. Mix flour, water and salt for ten minutes.\n2. Wait an hour.\n".repeat(i)
              + "\nIt takes about three hours in all, most of it waiting.\n");
    }
    robot.saving(folder).show(folder);
    toAssessments();
    robot.awaitText("#assess-blank .label", "No assessment yet"::equals);
    robot.picture("assess-empty");
    robot.press(KeyCode.N);
    robot.awaitShown("#assess-new");
    robot.fire("#assess-new-create");
    robot.awaitText("#assess-new-error-name", t -> !t.isEmpty());
    TableView<?> articles = robot.table("#assess-new-articles");
    await().atMost(LONG).until(() -> fx(() -> articles.getItems().size()) == 6);
    robot.picture("assess-new-wrong");
    fx(() -> {
      articles.requestFocus();
      return null;
    });
    robot.press(KeyCode.CONTROL, KeyCode.A);
    robot.press(KeyCode.ENTER);
    TableView<?> chosen = robot.table("#assess-new-chosen");
    await().atMost(LONG).until(() -> fx(() -> chosen.getItems().size()) == 6);
    robot.type("#assess-new-name", "Bread, six bakers");
    robot.type("#assess-new-grades", "plain, rich");
    know(chosen, "#assess-new-grade", 0, 1);
    know(chosen, "#assess-new-grade", 5, 2);
    robot.picture("assess-new");
    robot.fire("#assess-new-create");
    robot.awaitText("#assess-name", "Bread, six bakers"::equals);
    await().atMost(LONG).until(() -> newest().terminal());
    assertThat(newest().state()).isEqualTo(Batch.State.COMPLETED);
    robot.awaitText("#assess-state", "ranked"::equals);
    robot.awaitText("#assess-basis", t -> t.startsWith("This is the stored result"));
    TableView<?> ranking = robot.table("#assess-ranking");
    assertThat(fx(() -> ranking.getItems().size())).isEqualTo(6);
    robot.picture("assess-ranking-local");
    robot.fire("#assess-export-ranking");
    robot.awaitText(".notice-headline", t -> t.startsWith("The ranking is written: 6 texts"));
    assertThat(Files.readAllLines(folder.resolve("Bread-six-bakers-ranking.csv"))).hasSize(7);
    tab(3);
    robot.picture("assess-grades-stored");
  }

  private void know(TableView<?> table, String combo, int row, int grade) {
    fx(() -> {
      table.getSelectionModel().clearAndSelect(row);
      return null;
    });
    ComboBox<String> box = robot.combo(combo);
    await().atMost(LONG).until(() -> fx(() -> !box.isDisabled()));
    fx(() -> {
      box.getSelectionModel().select(grade);
      return null;
    });
    robot.settle();
  }

  private void tab(int at) {
    TabPane tabs = robot.node("#assess-tabs", TabPane.class);
    fx(() -> {
      tabs.requestFocus();
      tabs.getSelectionModel().select(at);
      return null;
    });
    robot.settle();
  }

  @Test
  void judgesAreLookedAtWhileAnswersComeIn() throws IOException {
    external("Essays of the autumn term", 12);
    robot.saving(folder).show(folder);
    toAssessments();
    robot.awaitText("#assess-name", "Essays of the autumn term"::equals);
    robot.awaitText("#assess-basis", t -> t.startsWith("No answer"));
    robot.picture("assess-none");
    // Live: the answers show without anybody asking.
    judge(36);
    robot.awaitText("#assess-basis", t -> t.contains("36 answers"));
    TableView<?> ranking = robot.table("#assess-ranking");
    assertThat(fx(() -> ranking.getItems().size())).isEqualTo(12);
    // Another batch is made elsewhere: it shows above, and what is selected stays so.
    external("Letters to the editor", 4);
    TableView<?> list = robot.table("#assess-table");
    await().atMost(LONG).until(() -> fx(() -> list.getItems().size()) == 2);
    await().atMost(LONG).until(() -> fx(() -> list.getSelectionModel().getSelectedIndex()) == 1);
    robot.awaitText("#assess-name", "Essays of the autumn term"::equals);
    robot.picture("assess-ranking");
    tab(1);
    robot.awaitText("#assess-value-ssr", t -> !t.equals("–"));
    robot.picture("assess-reliability");
    tab(2);
    TableView<?> judges = robot.table("#assess-judges");
    await().atMost(LONG).until(() -> fx(() -> judges.getItems().size()) == 3);
    robot.picture("assess-judges");
    fx(() -> {
      judges.getSelectionModel().clearAndSelect(0);
      return null;
    });
    robot.fire("#assess-leave-out");
    robot.awaitText("#assess-without", t -> t.contains("nothing is changed"));
    robot.picture("assess-without");
    robot.fire("#assess-without-close");
    robot.awaitGone("#assess-preview");
    tab(3);
    robot.type("#assess-grades", "C, B, A");
    TableView<?> texts = robot.table("#assess-chances");
    know(texts, "#assess-known", 11, 1);
    know(texts, "#assess-known", 6, 2);
    know(texts, "#assess-known", 1, 3);
    robot.fire("#assess-project");
    robot.awaitText("#assess-boundaries", t -> t.startsWith("Tried here"));
    robot.picture("assess-grades");
    robot.fire("#assess-export-comparisons");
    robot.awaitText(".notice-headline", t -> t.startsWith("The answers are written: 36"));
    assertThat(Files.readAllLines(folder.resolve("Essays-of-the-autumn-term-comparisons.csv")))
        .hasSize(37);
    // The only place that is narrow: nothing matches.
    robot.type("#assess-search", "nothing like it");
    robot.awaitText("#assess-blank .label", "No batch matches"::equals);
    robot.picture("assess-no-match");
  }

  private UUID external(String name, int texts) {
    List<NewBatch.Text> all = new ArrayList<>();
    for (int i = 1; i <= texts; i++) {
      all.add(
          new NewBatch.Text.Own(
              "Essay " + (char) ('A' + i - 1) + ", on the use of silence",
              MediaType.PLAIN,
              "It says something. ".repeat(i)));
    }
    UUID id =
        Bench.decided(
                robot
                    .engine()
                    .assessment()
                    .batches()
                    .create(new NewBatch(name, null, Batch.Judging.EXTERNAL, texts * 5, 80, all)))
            .batch()
            .id();
    await()
        .atMost(LONG)
        .until(
            () -> robot.engine().assessment().batches().find(id).orElseThrow().counts().sent() > 0);
    return id;
  }

  /// Two judges who prefer what is longer, most of the time, and one who tosses a coin.
  private void judge(int count) {
    var random = new Random(3);
    JudgeDesk desk = robot.engine().judgeDesk();
    String[] names = {"judge-a", "judge-b", "judge-coin"};
    for (int i = 0; i < count; i++) {
      String judge = names[i % names.length];
      // The next pairs may still be being chosen.
      var pair = await().atMost(LONG).until(() -> desk.next(judge), Optional::isPresent).get();
      int gap =
          pair.path("first").path("body").asString().length()
              - pair.path("second").path("body").asString().length();
      double sure = judge.equals("judge-coin") ? 0.5 : 0.85;
      boolean first = (gap > 0) == (random.nextDouble() < sure);
      desk.judge(
          new JudgeDesk.Judgement(
              pair.path("correlation_id").asString(), first ? "first" : "second", null));
    }
  }
}
