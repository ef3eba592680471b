package dev.imprimatur.fxml.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.assessment.Batch;
import dev.imprimatur.engine.assessment.BatchQuery;
import dev.imprimatur.engine.assessment.BatchReport;
import dev.imprimatur.engine.assessment.BatchReports;
import dev.imprimatur.engine.assessment.scale.quality.WithoutJudge;
import dev.imprimatur.engine.judge.JudgeDesk;
import dev.imprimatur.fxml.assessment.CreateViewModel.Field;
import dev.imprimatur.fxml.list.ListState;
import dev.imprimatur.fxml.notice.Notices;
import dev.imprimatur.fxml.task.FxTasks;
import dev.imprimatur.fxml.view.Texts;
import dev.imprimatur.persistence.Bench;
import dev.imprimatur.persistence.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Assessments without a window: calls run at once, results arrive when the test lets them.
class AssessmentsViewModelTest {
  @TempDir Path folder;

  private final Queue<Runnable> arriving = new ArrayDeque<>();
  private final Notices notices = new Notices();
  private TestDatabase database;
  private Bench bench;
  private AssessmentsViewModel list;
  private BatchViewModel batch;
  private CreateViewModel create;
  private final List<UUID> made = new ArrayList<>();

  @BeforeEach
  void open() {
    database = TestDatabase.migrated(TestDatabase.Kind.H2);
    bench = Bench.on(database.open());
    bench.work();
    Engine engine = bench.engine();
    Texts texts = Texts.standard();
    var tasks = new FxTasks(Runnable::run, arriving::add, (name, failure) -> {});
    list = new AssessmentsViewModel(engine.assessment().reports(), tasks, texts);
    batch = new BatchViewModel(engine.assessment(), tasks, texts, notices);
    create = new CreateViewModel(engine, tasks, texts, notices);
    create.onMade(made::add);
  }

  @AfterEach
  void close() {
    bench.close();
    database.close();
  }

  private void arrive() {
    while (!arriving.isEmpty()) {
      arriving.remove().run();
    }
  }

  private List<Path> files(int count) {
    List<Path> files = new ArrayList<>();
    try {
      for (int i = 1; i <= count; i++) {
        Path file = folder.resolve("essay-" + i + ".md");
        Files.writeString(file, "# Essay " + i + "\n\n" + "It says something. ".repeat(i) + "\n");
        files.add(file);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return files;
  }

  private UUID external(int texts) {
    create.addFiles(files(texts));
    arrive();
    create.nameProperty().set("Essays");
    create.judgingProperty().set(Batch.Judging.EXTERNAL);
    create.thresholdProperty().set("100");
    create.create();
    arrive();
    UUID id = made.getLast();
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> find(id).state() == Batch.State.WAITING_CALLBACKS);
    return id;
  }

  private Batch find(UUID id) {
    return bench.engine().assessment().batches().find(id).orElseThrow();
  }

  private void judge(int count, String... judges) {
    for (int i = 0; i < count; i++) {
      var desk = bench.engine().judgeDesk();
      String judge = judges[i % judges.length];
      // The next pairs may still be being chosen.
      var pair =
          Awaitility.await()
              .atMost(Duration.ofSeconds(60))
              .until(() -> desk.next(judge), Optional::isPresent)
              .get();
      boolean first =
          pair.path("first")
                  .path("title")
                  .asString()
                  .compareTo(pair.path("second").path("title").asString())
              > 0;
      desk.judge(
          new JudgeDesk.Judgement(
              pair.path("correlation_id").asString(), first ? "first" : "second", null));
    }
  }

  @Test
  void whatIsWrongIsToldAtItsField() {
    create.create();
    assertThat(create.errorProperty(Field.NAME).get()).isNotEmpty();
    assertThat(create.errorProperty(Field.TEXTS).get()).isNotEmpty();
    create.addFiles(files(4));
    arrive();
    assertThat(create.errorProperty(Field.TEXTS).get()).isEmpty();
    assertThat(create.budgetProperty().get()).isEqualTo("20");
    create.nameProperty().set("Essays");
    create.budgetProperty().set("2");
    create.create();
    arrive();
    assertThat(create.errorProperty(Field.BUDGET).get()).contains("4 texts need from 3");
    create.budgetProperty().set("many");
    create.create();
    assertThat(create.errorProperty(Field.BUDGET).get()).contains("whole number");
    create.budgetProperty().set("12");
    create.thresholdProperty().set("200");
    create.create();
    arrive();
    assertThat(create.errorProperty(Field.THRESHOLD).get()).contains("from 1 to 100");
    create.thresholdProperty().set("80");
    create.gradesProperty().set("C, A");
    create.grade(create.chosen().getFirst(), "A");
    create.create();
    arrive();
    assertThat(create.errorProperty(Field.GRADES).get()).contains("grade C");
    assertThat(made).isEmpty();
    create.grade(create.chosen().getLast(), "C");
    create.create();
    create.create();
    arrive();
    assertThat(made).hasSize(1);
    assertThat(create.chosen()).isEmpty();
  }

  @Test
  void theBudgetIsProposedUntilSomebodyWritesIt() {
    create.addFiles(files(3));
    arrive();
    assertThat(create.budgetProperty().get()).isEqualTo("15");
    create.addFiles(files(5));
    arrive();
    assertThat(create.chosen()).as("the same text is not taken twice").hasSize(5);
    assertThat(create.budgetProperty().get()).isEqualTo("25");
    create.budgetProperty().set("11");
    create.remove(List.of(create.chosen().getFirst()));
    assertThat(create.budgetProperty().get()).isEqualTo("11");
    assertThat(create.meaning()).contains("5.5 comparisons").contains("3 connect");
    create.budgetProperty().set("");
    create.remove(List.of(create.chosen().getFirst()));
    assertThat(create.budgetProperty().get()).isEqualTo("15");
  }

  @Test
  void versionsOfArticlesAreTaken() {
    UUID article = bench.store("Bread", "One says this.\n").articleId();
    bench.store("Bread", "Two says that.\n");
    bench.store("Soup", "Another.\n");
    create.addVersions(article);
    arrive();
    assertThat(create.chosen())
        .extracting(Chosen::label)
        .containsExactly("Title of Bread v1", "Title of Bread v2");
    create.addArticles(
        bench.engine().review().articles().list(10).stream().map(a -> a.id()).toList());
    arrive();
    // The newest version of the bread is there already.
    assertThat(create.chosen()).hasSize(3);
    assertThat(create.toldProperty().get()).contains("1 text was added", "already");
  }

  @Test
  void filesThatCantBeReadAreTold() throws IOException {
    Path broken =
        Files.write(folder.resolve("broken.md"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    create.addFiles(List.of(broken));
    arrive();
    assertThat(create.chosen()).isEmpty();
    assertThat(create.toldProperty().get()).contains("broken.md");
  }

  @Test
  void theListIsNarrowed() {
    list.refresh();
    arrive();
    assertThat(list.stateProperty().get()).isEqualTo(ListState.EMPTY);
    UUID id = external(3);
    list.refresh();
    arrive();
    assertThat(list.list().ids()).containsExactly(id);
    list.showProperty().set(BatchQuery.Show.ENDED);
    arrive();
    assertThat(list.stateProperty().get()).isEqualTo(ListState.NO_MATCH);
    list.showAll();
    list.searchProperty().set("ESS");
    arrive();
    assertThat(list.list().ids()).containsExactly(id);
  }

  @Test
  void aBatchIsReckonedAnewOnlyWhenItHasChanged() {
    UUID id = external(4);
    batch.open(id);
    arrive();
    BatchReport first = batch.reportProperty().get();
    assertThat(first.basis()).isEqualTo(BatchReport.Basis.NONE);
    batch.refresh();
    arrive();
    assertThat(batch.reportProperty().get()).isSameAs(first);
    judge(8, "ann", "ben");
    batch.refresh();
    arrive();
    BatchReport now = batch.reportProperty().get();
    assertThat(now.basis()).isEqualTo(BatchReport.Basis.NOW);
    assertThat(now.judges()).hasSize(2);
    assertThat(now.standings().getFirst().label()).isEqualTo("Essay 4");
  }

  @Test
  void aLargeBatchIsFittedWhenSomebodyAsksForIt() {
    create.addFiles(files(BatchReports.LIVE_TEXTS + 1));
    arrive();
    create.nameProperty().set("Many");
    create.judgingProperty().set(Batch.Judging.EXTERNAL);
    create.create();
    arrive();
    UUID id = made.getLast();
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> find(id).state() == Batch.State.WAITING_CALLBACKS);
    judge(4, "ann");
    batch.open(id);
    arrive();
    BatchReport plain = batch.reportProperty().get();
    assertThat(plain.tooLarge()).isTrue();
    assertThat(plain.analysis()).isNull();
    batch.reckon();
    assertThat(batch.reckoningProperty().get()).isTrue();
    arrive();
    assertThat(batch.reckoningProperty().get()).isFalse();
    BatchReport fitted = batch.reportProperty().get();
    assertThat(fitted.analysis()).isNotNull();
    batch.refresh();
    arrive();
    assertThat(batch.reportProperty().get()).as("as long as nothing changes").isSameAs(fitted);
    judge(1, "ann");
    batch.refresh();
    arrive();
    assertThat(batch.reportProperty().get().tooLarge()).isTrue();
  }

  @Test
  void leavingAJudgeOutAndGradesAreTriedAndChangeNothing() throws IOException {
    UUID id = external(4);
    judge(10, "ann", "ben");
    batch.open(id);
    arrive();
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> find(id).counts().sent() == 20);
    Batch before = find(id);
    batch.leaveOut("ann");
    arrive();
    assertThat(batch.withoutProperty().get()).isInstanceOf(WithoutJudge.class);
    assertThat(batch.withoutIsStale()).isFalse();
    batch.takeBack();
    assertThat(batch.withoutProperty().get()).isNull();
    batch.project(List.of("low", "high"), java.util.Map.of("Essay 1", "low", "Essay 4", "high"));
    arrive();
    assertThat(batch.projectionProperty().get()).isNotNull();
    assertThat(find(id)).isEqualTo(before);
    judge(1, "ann");
    batch.refresh();
    arrive();
    assertThat(batch.projectionIsStale()).isTrue();
    Path file = folder.resolve("ranking.csv");
    batch.exportRanking(file);
    arrive();
    assertThat(Files.readAllLines(file))
        .hasSize(5)
        .first()
        .asString()
        .startsWith("rank,text,score");
    assertThat(notices.noticeProperty().get().headline()).contains("4 texts");
    batch.exportComparisons(folder.resolve("answers.csv"));
    arrive();
    assertThat(Files.readAllLines(folder.resolve("answers.csv"))).hasSize(12);
    assertThat(notices.noticeProperty().get().headline()).contains("11 answers");
    batch.exportRanking(folder.resolve("nowhere").resolve("x.csv"));
    arrive();
    assertThat(notices.noticeProperty().get().headline()).contains("could not be written");
    batch.open(null);
    assertThat(batch.reportProperty().get()).isNull();
  }
}
