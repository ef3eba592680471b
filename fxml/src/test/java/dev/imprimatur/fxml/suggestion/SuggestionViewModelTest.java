package dev.imprimatur.fxml.suggestion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.review.RewriteSuggestion;
import dev.imprimatur.engine.review.RunPart;
import dev.imprimatur.engine.review.SuggestionQuery;
import dev.imprimatur.engine.review.Suggestions.IfMovedOn;
import dev.imprimatur.engine.review.Version;
import dev.imprimatur.fxml.list.ListState;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.notice.Notice;
import dev.imprimatur.fxml.notice.Notices;
import dev.imprimatur.fxml.task.FxTasks;
import dev.imprimatur.fxml.undo.UndoQueue;
import dev.imprimatur.fxml.view.Texts;
import dev.imprimatur.persistence.Bench;
import dev.imprimatur.persistence.TestDatabase;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Suggestions without a window: calls run at once, results arrive when the test lets them.
class SuggestionViewModelTest {
  private static final String BODY = "One.\n\nTwo.\n\nThree.\n";

  private final Queue<Runnable> arriving = new ArrayDeque<>();
  private final List<String> failures = new ArrayList<>();
  private final Texts texts = Texts.standard();
  private final Notices notices = new Notices();
  private TestDatabase database;
  private Bench bench;
  private SuggestionViewModel model;
  private SuggestionListModel list;

  @BeforeEach
  void open() {
    database = TestDatabase.migrated(TestDatabase.Kind.H2);
    bench = Bench.on(database.open());
    bench.work();
    var tasks = new FxTasks(Runnable::run, arriving::add, (name, failure) -> failures.add(name));
    var words = new DecisionWords(texts, ZoneId.of("UTC"));
    model =
        new SuggestionViewModel(
            bench.engine(), tasks, texts, words, notices, new UndoQueue(Duration.ZERO));
    list = new SuggestionListModel(bench.engine().review().rewrites(), tasks, texts);
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

  private UUID suggest(Version version) {
    var rewrites = bench.engine().review().rewrites();
    UUID cycle = Bench.decided(rewrites.request(version.id())).cycle().id();
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> rewrites.cycle(cycle).orElseThrow().suggestion().isPresent());
    return rewrites.cycle(cycle).orElseThrow().suggestion().orElseThrow().id();
  }

  private UUID opened() {
    UUID id = suggest(bench.store("apples", BODY));
    model.open(id);
    arrive();
    return id;
  }

  private Gates gates() {
    return model.gatesProperty().get();
  }

  private Notice notice() {
    return notices.noticeProperty().get();
  }

  private RewriteSuggestion stored(UUID id) {
    return bench.engine().review().rewrites().suggestion(id).orElseThrow().suggestion();
  }

  @Test
  void allHunksAreTakenAtFirstAndTheButtonSaysHowMany() {
    opened();
    assertThat(model.chosenProperty().get()).containsExactly(1, 2, 3);
    assertThat(gates().acceptText()).isEqualTo("Accept 3 of 3 hunks");
    model.toggle(2);
    assertThat(gates().acceptText()).isEqualTo("Accept 2 of 3 hunks");
    model.toggle(9);
    assertThat(model.chosenProperty().get()).containsExactly(1, 3);
    model.takeNone();
    assertThat(gates().accept()).startsWith("No hunk is chosen");
    model.accept();
    assertThat(notice().kind()).isEqualTo(Notice.Kind.REFUSED);
    model.takeAll();
    assertThat(gates().accept()).isEmpty();
  }

  @Test
  void scoresFollowTheLatestChoiceAndAreKept() {
    opened();
    Estimate all = model.estimate().resultProperty().get();
    assertThat(all.version()).isEqualTo(1);
    assertThat(all.rows(RunPart.Kind.AEO)).hasSize(4);
    model.toggle(1);
    model.toggle(2);
    model.toggle(3);
    // The first is under way; of what came since only the last is computed.
    assertThat(model.estimate().computingProperty().get()).isTrue();
    assertThat(arriving).hasSize(1);
    arriving.remove().run();
    assertThat(model.estimate().computingProperty().get()).isTrue();
    assertThat(arriving).hasSize(1);
    arriving.remove().run();
    assertThat(model.estimate().computingProperty().get()).isFalse();
    assertThat(model.estimate().resultProperty().get().average(RunPart.Kind.AEO).change()).isZero();
    model.takeAll();
    assertThat(arriving).isEmpty();
    assertThat(model.estimate().resultProperty().get()).isSameAs(all);
  }

  @Test
  void anEstimateIsThatOfTheVersionThatIsMade() {
    UUID id = opened();
    model.toggle(2);
    arrive();
    var aeo = model.estimate().resultProperty().get().average(RunPart.Kind.AEO);
    model.accept();
    arrive();
    assertThat(notice().headline()).isEqualTo("Version 2 is made from 2 of 3 hunks.");
    Version made =
        bench.engine().review().articles().version(stored(id).articleId(), 2).orElseThrow();
    assertThat(made.body()).isEqualTo("One. Bettered.\n\nTwo.\n\nThree. Bettered.\n");
    assertThat(bench.engine().review().localScores().of(made.content()).aeoAvg())
        .isEqualTo(aeo.after());
    assertThat(gates().accept()).startsWith("It was accepted by");
    assertThat(model.chosenProperty().get()).containsExactly(1, 3);
    assertThat(model.decidedText(model.dataProperty().get()))
        .endsWith("version 2 is made from 2 of 3 hunks (1, 3).");
    model.toggle(2);
    assertThat(model.chosenProperty().get()).containsExactly(1, 3);
    model.evaluate();
    arrive();
    assertThat(notice().headline()).isEqualTo("Version 2 is being evaluated.");
  }

  @Test
  void whoComesSecondIsToldWhoWasFirst() {
    UUID id = opened();
    SuggestionData shown = model.dataProperty().get();
    Bench.decided(
        bench.engine().review().suggestions().accept(id, 1L, Set.of(2), IfMovedOn.REFUSE));
    model.reject(shown, "No better.");
    arrive();
    assertThat(notice().kind()).isEqualTo(Notice.Kind.CONFLICT);
    assertThat(notice().headline()).contains("editor accepted it on").doesNotContain("(");
    assertThat(notice().detail()).contains("“Reject”, was not carried out");
    assertThat(model.chosenProperty().get()).containsExactly(2);
    assertThat(gates().reject()).startsWith("It was accepted by");
    assertThat(failures).isEmpty();
  }

  @Test
  void whereTheArticleHasMovedOnOneMustSayWhatBecomesOfIt() {
    UUID id = opened();
    bench.store("apples", "One.\n\nTwo, changed.\n\nThree.\n");
    model.accept();
    arrive();
    assertThat(notice().kind()).isEqualTo(Notice.Kind.CONFLICT);
    assertThat(notice().headline())
        .isEqualTo("The article has moved on from version 1 to version 2.");
    assertThat(stored(id).status()).isEqualTo(RewriteSuggestion.Status.PENDING);
    assertThat(gates().accept()).contains("Choose first whether to merge or to replace");
    model.howProperty().set(IfMovedOn.MERGE);
    arrive();
    assertThat(gates().acceptText()).isEqualTo("Merge 3 of 3 hunks into version 2");
    assertThat(gates().accept()).contains("no longer find their place in version 2");
    model.toggle(2);
    arrive();
    assertThat(gates().accept()).isEmpty();
    assertThat(model.estimate().resultProperty().get().version()).isEqualTo(2);
    model.accept();
    arrive();
    assertThat(notice().headline()).isEqualTo("Version 3 is made from 2 of 3 hunks.");
    assertThat(model.dataProperty().get().opened().made().orElseThrow().body())
        .isEqualTo("One. Bettered.\n\nTwo, changed.\n\nThree. Bettered.\n");
  }

  @Test
  void aVersionThatCameAfterwardsAsksAgain() {
    opened();
    bench.store("apples", "One.\n\nTwo.\n\nThree, changed.\n");
    model.refresh();
    arrive();
    model.howProperty().set(IfMovedOn.REPLACE);
    arrive();
    assertThat(gates().acceptText()).isEqualTo("Replace version 2 by 3 of 3 hunks");
    bench.store("apples", "One.\n\nTwo.\n\nThree, changed again.\n");
    model.refresh();
    arrive();
    assertThat(model.howProperty().get()).isEqualTo(IfMovedOn.REFUSE);
    assertThat(gates().accept()).contains("to version 3");
  }

  @Test
  void theWholeTextIsComparedOnlyWhereItIsShown() {
    opened();
    assertThat(model.whole().resultProperty().get()).isNull();
    model.wholeTextProperty().set(true);
    arrive();
    assertThat(model.whole().resultProperty().get().orElseThrow().diff().changes()).hasSize(3);
    model.toggle(1);
    arrive();
    assertThat(model.whole().resultProperty().get().orElseThrow().diff().changes()).hasSize(2);
  }

  @Test
  void theListIsFilteredAndItsRowsAreReadAsTheyComeIntoSight() {
    assertThat(list.stateProperty().get()).isEqualTo(ListState.LOADING);
    list.refresh();
    arrive();
    assertThat(list.stateProperty().get()).isEqualTo(ListState.EMPTY);
    UUID apples = suggest(bench.store("apples", BODY));
    UUID pears = suggest(bench.store("pears", BODY));
    list.refresh();
    arrive();
    assertThat(list.ids()).containsExactly(pears, apples);
    assertThat(list.list().get(0).row()).isNull();
    assertThat(list.list().get(1).row()).isNull();
    // Both are read at once.
    assertThat(arriving).hasSize(1);
    arrive();
    assertThat(list.list().get(0).row().articleTitle()).isEqualTo("Title of pears");
    list.searchProperty().set("APP");
    arrive();
    assertThat(list.ids()).containsExactly(apples);
    list.searchProperty().set("plums");
    arrive();
    assertThat(list.stateProperty().get()).isEqualTo(ListState.NO_MATCH);
    list.searchProperty().set("");
    list.oldestFirstProperty().set(true);
    arrive();
    assertThat(list.ids()).containsExactly(apples, pears);
    Bench.decided(bench.engine().review().suggestions().reject(apples, 1L, "No."));
    list.refresh();
    arrive();
    assertThat(list.ids()).containsExactly(pears);
    list.showProperty().set(SuggestionQuery.Show.DECIDED);
    arrive();
    assertThat(list.ids()).containsExactly(apples);
    assertThat(list.list().row(apples).status()).isEqualTo(RewriteSuggestion.Status.REJECTED);
  }

  @Test
  void whatWasLoadedStaysInSightWhileTheDatabaseDoesNotAnswer() {
    UUID apples = suggest(bench.store("apples", BODY));
    list.refresh();
    arrive();
    bench.database().close();
    list.oldestFirstProperty().set(true);
    arrive();
    assertThat(list.stateProperty().get()).isEqualTo(ListState.READY);
    assertThat(list.ids()).containsExactly(apples);
  }

  @Test
  void aDatabaseThatDoesNotAnswerIsSaid() {
    UUID id = suggest(bench.store("apples", BODY));
    bench.database().close();
    model.open(id);
    list.refresh();
    arrive();
    assertThat(model.troubleProperty().get()).startsWith("The suggestion can’t be read");
    assertThat(list.stateProperty().get()).isEqualTo(ListState.FAILED);
    assertThat(failures).isEmpty();
  }
}
