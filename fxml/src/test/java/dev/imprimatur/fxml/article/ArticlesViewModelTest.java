package dev.imprimatur.fxml.article;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.review.ArticleQuery;
import dev.imprimatur.engine.review.ArticleRow;
import dev.imprimatur.engine.review.RunResult;
import dev.imprimatur.engine.review.Version;
import dev.imprimatur.fxml.action.Questions;
import dev.imprimatur.fxml.list.ListState;
import dev.imprimatur.fxml.list.Slot;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.notice.Notice;
import dev.imprimatur.fxml.notice.Notices;
import dev.imprimatur.fxml.task.FxTasks;
import dev.imprimatur.fxml.undo.UndoQueue;
import dev.imprimatur.fxml.view.Texts;
import dev.imprimatur.persistence.Bench;
import dev.imprimatur.persistence.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The articles without a window: calls run at once, results arrive when the test lets them.
class ArticlesViewModelTest {
  @TempDir Path folder;

  private final Queue<Runnable> arriving = new ArrayDeque<>();
  private final List<String> failures = new ArrayList<>();
  private final Texts texts = Texts.standard();
  private final Notices notices = new Notices();
  private TestDatabase database;
  private Bench bench;
  private ArticlesViewModel model;
  private ArticleViewModel article;
  private ImportViewModel imports;

  @BeforeEach
  void open() {
    database = TestDatabase.migrated(TestDatabase.Kind.H2);
    bench = Bench.on(database.open());
    bench.work();
    var tasks = new FxTasks(Runnable::run, arriving::add, (name, failure) -> failures.add(name));
    var review = bench.engine().review();
    var evaluating = new Evaluating(bench.engine(), tasks, texts, notices);
    model = new ArticlesViewModel(review.articles(), tasks, texts);
    article =
        new ArticleViewModel(
            new ArticleViewModel.Parts(
                bench.engine(),
                tasks,
                texts,
                new DecisionWords(texts, ZoneId.of("UTC")),
                notices,
                new UndoQueue(Duration.ZERO),
                evaluating,
                "editor"));
    imports =
        new ImportViewModel(review.imports(), tasks, texts, notices, evaluating, arriving::add);
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

  private void look() {
    model.refresh();
    arrive();
  }

  private List<String> titles() {
    List.copyOf(model.list());
    arrive();
    return model.list().stream()
        .map(slot -> Objects.requireNonNull(slot.row()).article().title())
        .toList();
  }

  @Test
  void itLoadsIsEmptyFillsAndNarrows() {
    assertThat(model.stateProperty().get()).isEqualTo(ListState.LOADING);
    look();
    assertThat(model.stateProperty().get()).isEqualTo(ListState.EMPTY);
    bench.store("pears", "Text.");
    bench.store("apples", "Text.");
    look();
    assertThat(titles()).containsExactly("Title of apples", "Title of pears");
    model.sort(ArticleQuery.Sort.TITLE, true);
    arrive();
    assertThat(titles()).containsExactly("Title of pears", "Title of apples");
    model.searchProperty().set("plums");
    arrive();
    assertThat(model.stateProperty().get()).isEqualTo(ListState.NO_MATCH);
    model.searchProperty().set("");
    model.showProperty().set(ArticleQuery.Show.APPROVED);
    arrive();
    assertThat(model.stateProperty().get()).isEqualTo(ListState.NO_MATCH);
  }

  @Test
  void rowsThatComeIntoSightAreReadTogether() {
    for (int i = 0; i < 70; i++) {
      bench.store("a" + i, "Text.");
    }
    look();
    assertThat(model.ids()).hasSize(70);
    List<Slot<ArticleRow>> late = model.list().subList(60, 70);
    late.forEach(slot -> assertThat(slot.row()).isNull());
    // One call for all ten.
    assertThat(arriving).hasSize(1);
    arrive();
    late.forEach(slot -> assertThat(slot.row()).isNotNull());
  }

  @Test
  void rowsThatComeIntoSightWhileOthersAreReadAreReadToo() {
    for (int i = 0; i < 200; i++) {
      bench.store("a" + i, "Text.");
    }
    look();
    assertThat(model.list().get(0).row()).isNull();
    // The first page is under way.
    assertThat(model.list().get(150).row()).isNull();
    bench.store("a199", "# Changed\n\nText.");
    model.refresh();
    arrive();
    assertThat(model.list().get(0).row()).isNotNull();
    assertThat(model.list().get(150).row()).isNotNull();
    assertThat(Objects.requireNonNull(model.list().get(0).row()).article().latestVersion())
        .isEqualTo(2);
  }

  @Test
  void anArticleThatTheFilterHidesIsRevealed() {
    Version version = bench.store("apples", "Text.");
    bench.store("pears", "Text.");
    model.searchProperty().set("pears");
    arrive();
    model.reveal(version.articleId());
    arrive();
    assertThat(model.ids()).contains(version.articleId());
    assertThat(model.searchProperty().get()).isEmpty();
    assertThat(model.revealedProperty().get()).isEqualTo(version.articleId());
  }

  @Test
  void aDatabaseThatDoesNotAnswerIsSaid() {
    bench.database().close();
    look();
    assertThat(model.stateProperty().get()).isEqualTo(ListState.FAILED);
    assertThat(model.failureProperty().get()).isNotBlank();
    assertThat(failures).isEmpty();
  }

  @Test
  void whatWasLoadedStaysInSightWhileTheDatabaseDoesNotAnswer() {
    bench.store("apples", "Text.");
    look();
    assertThat(titles()).hasSize(1);
    bench.database().close();
    look();
    assertThat(model.stateProperty().get()).isEqualTo(ListState.READY);
    assertThat(titles()).containsExactly("Title of apples");
  }

  @Test
  void eachFileHasItsResultAndABrokenOneStopsNoOther() throws IOException {
    Path one = Files.writeString(folder.resolve("1.md"), "# One\n\nA text.\n");
    Path broken = Files.write(folder.resolve("2.md"), new byte[] {0, 1, 2, 0});
    Path three = Files.writeString(folder.resolve("3.md"), "# Three\n\nA text.\n");
    imports.start(List.of(one, broken, three));
    // Another is refused while one is under way.
    imports.start(List.of(one));
    assertThat(Objects.requireNonNull(notices.noticeProperty().get()).kind())
        .isEqualTo(Notice.Kind.REFUSED);
    arrive();
    assertThat(imports.lines())
        .extracting(ImportViewModel.Line::kind)
        .containsExactly("new", "failed", "new");
    assertThat(imports.lines().get(1).what()).doesNotContain("2.md").isNotBlank();
    assertThat(imports.summaryProperty().get())
        .isEqualTo("2 new, 0 new versions, 0 unchanged, 1 failed");
    imports.failuresOnlyProperty().set(true);
    assertThat(imports.shown()).hasSize(1);
    assertThat(imports.text()).contains("2.md\tFailed\t");
    assertThat(imports.versions()).hasSize(2);

    Files.writeString(one, "# One\n\nA changed text.\n");
    imports.start(List.of(one, three));
    arrive();
    assertThat(imports.lines())
        .extracting(ImportViewModel.Line::kind)
        .containsExactly("new_version", "unchanged");
    imports.putAway();
    assertThat(imports.thereProperty().get()).isFalse();
  }

  @Test
  void whatWasImportedIsEvaluatedAndTold() throws IOException {
    Path one = Files.writeString(folder.resolve("1.md"), "# One\n\nA text.\n");
    imports.start(List.of(one));
    arrive();
    imports.evaluate();
    arrive();
    assertThat(Objects.requireNonNull(notices.noticeProperty().get()).headline())
        .isEqualTo("One version was evaluated.");
    imports.evaluate();
    arrive();
    assertThat(Objects.requireNonNull(notices.noticeProperty().get()).headline())
        .contains("evaluated by the same providers already");
  }

  @Test
  void gatesSayWhatStandsInTheWay() {
    RunResult run = bench.evaluate("a", "Fine.");
    article.open(run.run().articleId());
    arrive();
    ArticleGates gates = article.gatesProperty().get();
    assertThat(Stream.of(gates.evaluate(), gates.approve(), gates.rewrite())).containsOnly("");
    assertThat(gates.revoke()).contains("No approval");
    assertThat(gates.compare()).contains("only one version");
    assertThat(gates.escalation()).contains("No escalation");
    article.approve(seen(), new Questions.Approval(null, "good"));
    arrive();
    gates = article.gatesProperty().get();
    assertThat(gates.approve()).contains("Revoke that approval first");
    assertThat(gates.revoke()).isEmpty();
    bench.store("a", "Fine, and changed.");
    article.refresh();
    arrive();
    ArticleData data = Objects.requireNonNull(article.dataProperty().get());
    assertThat(Objects.requireNonNull(data.row().approval()).stale())
        .containsExactly(ArticleRow.Stale.TEXT_CHANGED);
    assertThat(StateWords.sentence(StateWords.of(data.row(), texts)))
        .contains("Stale: text changed");
    article.revoke(seen(), "changed since");
    arrive();
    assertThat(article.gatesProperty().get().revoke()).contains("No approval");
  }

  @Test
  void aDecisionOnAnOldRevisionSaysWhatHappened() {
    RunResult run = bench.evaluate("a", "Fine.");
    article.open(run.run().articleId());
    arrive();
    bench.store("a", "Changed meanwhile.");
    article.approve(seen(), new Questions.Approval(null, ""));
    arrive();
    Notice notice = Objects.requireNonNull(notices.noticeProperty().get());
    assertThat(notice.kind()).isEqualTo(Notice.Kind.CONFLICT);
    assertThat(notice.headline()).contains("editor made a new version");
    assertThat(Objects.requireNonNull(article.dataProperty().get()).versions()).hasSize(2);
  }

  private ArticleViewModel.Seen seen() {
    return article.seen().orElseThrow();
  }

  @Test
  void anAnswerIsAboutWhatWasAskedThoughAnotherArticleIsShownByThen() {
    RunResult asked = bench.evaluate("asked", "Fine.");
    RunResult other = bench.evaluate("other", "Fine too.");
    var approvals = bench.engine().review().approvals();
    UUID askedFor = asked.run().articleId();
    article.open(askedFor);
    arrive();
    ArticleViewModel.Seen seen = seen();
    article.open(other.run().articleId());
    arrive();
    article.approve(seen, new Questions.Approval(null, ""));
    arrive();
    assertThat(approvals.history(askedFor)).hasSize(1);
    assertThat(approvals.history(other.run().articleId())).isEmpty();
    Bench.decided(approvals.approve(other.run().versionId(), null, null, null));
    article.open(askedFor);
    arrive();
    seen = seen();
    // While nothing has been read yet, the answer is not lost either.
    article.open(other.run().articleId());
    article.revoke(seen, "No.");
    arrive();
    assertThat(approvals.history(askedFor).getFirst().inForce()).isFalse();
    assertThat(approvals.history(other.run().articleId()).getFirst().inForce()).isTrue();
  }

  @Test
  void anAnswerIsAboutTheRevisionThatWasInSightThoughANewerOneWasRead() {
    RunResult run = bench.evaluate("a", "ai=0.81 aeo=71 ");
    article.open(run.run().articleId());
    arrive();
    ArticleViewModel.Seen seen = seen();
    assertThat(seen.escalations()).hasSize(1);
    bench.store("a", "Changed meanwhile.");
    article.refresh();
    arrive();
    article.approve(
        seen,
        new Questions.Approval(
            new Questions.Resolution(
                dev.imprimatur.engine.review.Escalation.Outcome.OVERRIDE, "Reads well."),
            ""));
    arrive();
    assertThat(Objects.requireNonNull(notices.noticeProperty().get()).kind())
        .isEqualTo(Notice.Kind.CONFLICT);
    assertThat(bench.engine().review().approvals().history(run.run().articleId())).isEmpty();
  }

  @Test
  void theTrendMarksWhatIsPartialAndWhatCantBeCompared() {
    RunResult first = bench.evaluate("a", "aeo=90 ");
    bench.evaluate("a", "aeo=85 fail=d1 ");
    article.open(first.run().articleId());
    arrive();
    Trend trend = Objects.requireNonNull(article.dataProperty().get()).trend();
    assertThat(trend.points()).extracting(Trend.Point::version).containsExactly(1, 2);
    assertThat(trend.points()).extracting(Trend.Point::partial).containsExactly(false, true);
    assertThat(trend.points().getLast().missing()).containsExactly("detector:d1");
    assertThat(trend.points()).allMatch(Trend.Point::comparable);
    assertThat(trend.aiThreshold()).isEqualByComparingTo("70");
  }
}
