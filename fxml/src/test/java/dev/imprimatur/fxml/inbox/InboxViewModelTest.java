package dev.imprimatur.fxml.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.engine.review.EscalationQuery;
import dev.imprimatur.engine.review.Escalations;
import dev.imprimatur.fxml.list.ListState;
import dev.imprimatur.fxml.list.Slot;
import dev.imprimatur.fxml.task.FxTasks;
import dev.imprimatur.fxml.view.Texts;
import dev.imprimatur.persistence.Bench;
import dev.imprimatur.persistence.TestDatabase;
import java.time.Duration;
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
  private TestDatabase database;
  private Bench bench;
  private InboxViewModel model;

  @BeforeEach
  void open() {
    database = TestDatabase.migrated(TestDatabase.Kind.H2);
    bench = Bench.on(database.open());
    bench.work();
    var tasks = new FxTasks(Runnable::run, arriving::add, (name, failure) -> failures.add(name));
    model = new InboxViewModel(bench.engine().review().escalations(), tasks, Texts.standard());
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

  /// Titles as they are shown: looking at a row is what makes it be read.
  private List<String> titles() {
    for (int i = 0; i < model.list().size(); i++) {
      model.list().get(i);
    }
    arrive();
    return model.list().stream().map(Slot::row).map(d -> d.row().articleTitle()).toList();
  }

  private Escalations.Detail first() {
    titles();
    return model.list().getFirst().row();
  }

  @Test
  void itLoadsThenIsEmptyThenFills() {
    assertThat(model.stateProperty().get()).isEqualTo(ListState.LOADING);
    look();
    assertThat(model.stateProperty().get()).isEqualTo(ListState.EMPTY);
    bench.evaluate("one", "ai=0.9");
    look();
    assertThat(model.stateProperty().get()).isEqualTo(ListState.READY);
    assertThat(titles()).containsExactly("Title of one");
  }

  @Test
  void searchAndReasonNarrowWhatIsShown() {
    bench.evaluate("apples", "ai=0.9");
    bench.evaluate("pears", "aeo=10");
    look();
    model.searchProperty().set("PEARS poor");
    arrive();
    assertThat(titles()).containsExactly("Title of pears");
    model.searchProperty().set("plums");
    arrive();
    assertThat(model.stateProperty().get()).isEqualTo(ListState.NO_MATCH);
    model.searchProperty().set("");
    model.reasonProperty().set(Escalation.Reason.LIKELY_AI_GENERATED);
    arrive();
    assertThat(titles()).containsExactly("Title of apples");
  }

  @Test
  void itIsSortedByWhatIsAskedFor() {
    bench.evaluate("pears", "ai=0.5");
    bench.evaluate("apples", "ai=0.9");
    look();
    assertThat(titles()).containsExactly("Title of pears", "Title of apples");
    model
        .sortingProperty()
        .set(new InboxViewModel.Sorting(EscalationQuery.Sort.AI_DETECTOR_AVG, false));
    arrive();
    assertThat(titles()).containsExactly("Title of apples", "Title of pears");
    model.sortingProperty().set(new InboxViewModel.Sorting(EscalationQuery.Sort.TITLE, true));
    arrive();
    assertThat(titles()).containsExactly("Title of pears", "Title of apples");
  }

  @Test
  void aRowThatChangedElsewhereIsReadAnew() {
    bench.evaluate("one", "ai=0.9");
    look();
    Escalation e = first().row().escalation();
    Bench.decided(bench.engine().review().escalations().claim(e.id(), e.revision()));
    look();
    assertThat(first().claimHolder()).isEqualTo("editor");
  }

  @Test
  void snoozedAndResolvedOnesAreShownOnRequest() {
    bench.evaluate("one", "ai=0.9");
    bench.evaluate("two", "aeo=10");
    look();
    Escalation one = first().row().escalation();
    Bench.decided(
        bench.engine().review().escalations().snooze(one.id(), null, Duration.ofHours(1)));
    look();
    assertThat(titles()).containsExactly("Title of two");
    Escalation two = first().row().escalation();
    Bench.decided(
        bench
            .engine()
            .review()
            .escalations()
            .resolve(two.id(), null, Escalation.Outcome.REJECTED, "no"));
    look();
    assertThat(model.stateProperty().get()).isEqualTo(ListState.EMPTY);
    model.showProperty().set(EscalationQuery.Show.SNOOZED);
    arrive();
    assertThat(titles()).containsExactly("Title of one");
    model.showProperty().set(EscalationQuery.Show.RESOLVED);
    arrive();
    assertThat(titles()).containsExactly("Title of two");
    model.showProperty().set(EscalationQuery.Show.ALL);
    arrive();
    assertThat(titles()).hasSize(2);
    Bench.decided(bench.engine().review().escalations().wake(one.id(), null));
    model.showProperty().set(EscalationQuery.Show.WAITING);
    arrive();
    assertThat(titles()).containsExactly("Title of one");
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
    assertThat(model.stateProperty().get()).isEqualTo(ListState.FAILED);
    assertThat(model.failureProperty().get()).isNotBlank();
    assertThat(failures).isEmpty();
  }
}
