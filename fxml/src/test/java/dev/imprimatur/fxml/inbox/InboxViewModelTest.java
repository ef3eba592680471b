package dev.imprimatur.fxml.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.engine.review.Escalations;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.notice.Notice;
import dev.imprimatur.fxml.notice.Notices;
import dev.imprimatur.fxml.task.FxTasks;
import dev.imprimatur.fxml.view.Texts;
import dev.imprimatur.persistence.Bench;
import dev.imprimatur.persistence.TestDatabase;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The inbox without a window: calls run at once, results arrive when the test lets them.
class InboxViewModelTest {
  private final Queue<Runnable> arriving = new ArrayDeque<>();
  private final List<String> failures = new ArrayList<>();
  private final Texts texts = Texts.standard();
  private TestDatabase database;
  private Bench bench;
  private final Notices notices = new Notices();
  private InboxViewModel model;

  @BeforeEach
  void open() {
    database = TestDatabase.migrated(TestDatabase.Kind.H2);
    bench = Bench.on(database.open());
    bench.work();
    var tasks = new FxTasks(Runnable::run, arriving::add, (name, failure) -> failures.add(name));
    model =
        new InboxViewModel(
            bench.engine().review().escalations(),
            tasks,
            texts,
            new DecisionWords(texts, ZoneId.of("UTC")),
            notices);
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

  @Test
  void itLoadsThenIsEmptyThenFills() {
    assertThat(model.stateProperty().get()).isEqualTo(InboxViewModel.State.LOADING);
    look();
    assertThat(model.stateProperty().get()).isEqualTo(InboxViewModel.State.EMPTY);
    bench.evaluate("one", "ai=0.9");
    look();
    assertThat(model.stateProperty().get()).isEqualTo(InboxViewModel.State.READY);
    assertThat(model.shown()).hasSize(1);
    assertThat(model.pendingProperty().get()).isEqualTo(1);
  }

  @Test
  void searchAndReasonNarrowWhatIsShown() {
    bench.evaluate("apples", "ai=0.9");
    bench.evaluate("pears", "aeo=10");
    look();
    model.searchProperty().set("PEARS poor");
    assertThat(titles()).containsExactly("Title of pears");
    model.searchProperty().set("plums");
    assertThat(model.stateProperty().get()).isEqualTo(InboxViewModel.State.NO_MATCH);
    model.searchProperty().set("");
    model.reasonProperty().set(Escalation.Reason.LIKELY_AI_GENERATED);
    assertThat(titles()).containsExactly("Title of apples");
  }

  @Test
  void aStaleDecisionSaysWhoWasFirst() {
    bench.evaluate("one", "ai=0.9");
    look();
    Escalations.Detail seen = model.shown().getFirst();
    Escalation e = seen.row().escalation();
    Bench.decided(bench.engine().review().escalations().claim(e.id(), e.revision()));
    model.resolve(seen, Escalation.Outcome.OVERRIDE, "fine");
    arrive();
    Notice notice = notices.noticeProperty().get();
    assertThat(notice.kind()).isEqualTo(Notice.Kind.CONFLICT);
    assertThat(notice.headline()).contains("editor claimed it");
    assertThat(notice.detail()).contains("Resolve: Override", "was not carried out");
    assertThat(model.shown().getFirst().claimHolder()).isEqualTo("editor");
  }

  @Test
  void aRefusalSaysWhatWouldUnblockIt() {
    bench.evaluate("one", "ai=0.9");
    look();
    model.release(model.shown().getFirst());
    arrive();
    Notice notice = notices.noticeProperty().get();
    assertThat(notice.kind()).isEqualTo(Notice.Kind.REFUSED);
    assertThat(notice.headline()).startsWith("Nobody has claimed");
    assertThat(notice.detail()).isNotEmpty();
  }

  @Test
  void resolvedOnesAreShownOnRequest() {
    bench.evaluate("one", "ai=0.9");
    look();
    model.resolve(model.shown().getFirst(), Escalation.Outcome.REJECTED, "no");
    arrive();
    assertThat(model.stateProperty().get()).isEqualTo(InboxViewModel.State.EMPTY);
    model.showProperty().set(InboxViewModel.Show.RESOLVED);
    assertThat(model.stateProperty().get()).isEqualTo(InboxViewModel.State.LOADING);
    arrive();
    assertThat(titles()).containsExactly("Title of one");
    assertThat(model.pendingProperty().get()).isZero();
  }

  @Test
  void manyRingsComeToOneMoreLook() {
    model.refresh();
    model.refresh();
    model.refresh();
    assertThat(arriving).hasSize(1);
    arriving.remove().run();
    assertThat(arriving).hasSize(1);
    arriving.remove().run();
    assertThat(arriving).isEmpty();
  }

  @Test
  void aDatabaseThatDoesNotAnswerIsSaidAndForgottenWhenItDoes() {
    bench.database().close();
    look();
    assertThat(model.stateProperty().get()).isEqualTo(InboxViewModel.State.FAILED);
    assertThat(model.failureProperty().get()).isNotBlank();
    assertThat(failures).isEmpty();
  }

  private List<String> titles() {
    return model.shown().stream().map(d -> d.row().articleTitle()).toList();
  }
}
