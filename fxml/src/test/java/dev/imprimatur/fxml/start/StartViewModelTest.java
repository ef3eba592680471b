package dev.imprimatur.fxml.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.store.Obstacle;
import dev.imprimatur.fxml.start.StartViewModel.Focus;
import dev.imprimatur.fxml.start.StartViewModel.Phase;
import dev.imprimatur.fxml.task.FxTasks;
import dev.imprimatur.fxml.view.Texts;
import dev.imprimatur.persistence.Bench;
import dev.imprimatur.persistence.TestDatabase;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// The start without a window: calls run at once, results arrive when the test lets them.
class StartViewModelTest {
  private final Queue<Runnable> arriving = new ArrayDeque<>();
  private final List<OpenDatabase> opened = new ArrayList<>();
  private final FakeDatabases databases = new FakeDatabases();
  private final StartViewModel model =
      new StartViewModel(
          databases,
          new FxTasks(Runnable::run, arriving::add, (name, failure) -> {}),
          Texts.standard(),
          arriving::add,
          opened::add);

  private void arrive() {
    while (!arriving.isEmpty()) {
      arriving.remove().run();
    }
  }

  private void begin(Beginning beginning) {
    databases.beginsWith(beginning);
    model.begin();
    assertThat(model.phaseProperty().get()).isEqualTo(Phase.LOOKING);
    arrive();
  }

  private void fillForm() {
    model.form().fill("jdbc:postgresql://db.example:5432/imprimatur", "editor_a");
    model.form().passwordProperty().set("hush-hush");
  }

  @Test
  void theFirstTimeItAsksAndOffersTheSamples() {
    begin(new Beginning.Ask(false));
    assertThat(model.phaseProperty().get()).isEqualTo(Phase.CHOOSING);
    assertThat(model.focusProperty().get()).isEqualTo(Focus.ALONE);
    assertThat(model.samplesProperty().get()).isTrue();
    model.workAlone();
    assertThat(databases.asked()).containsExactly(new Choice.Local(true));
  }

  @Test
  void whoHasALocalDatabaseIsNotGivenTheSamplesUnasked() {
    begin(new Beginning.Ask(true));
    assertThat(model.samplesProperty().get()).isFalse();
  }

  @Test
  void whatIsRememberedIsOpenedOrFilledIn() {
    begin(new Beginning.Open(new Choice.Local(false), true));
    assertThat(databases.asked()).containsExactly(new Choice.Local(false));
    begin2(new Beginning.Fill("jdbc:postgresql://h:1/d?sslmode=require", "ed", false));
    assertThat(model.focusProperty().get()).isEqualTo(Focus.PASSWORD);
    assertThat(model.form().hostProperty().get()).isEqualTo("h");
    assertThat(model.form().tlsProperty().get()).isEqualTo(TlsMode.REQUIRE);
    assertThat(model.form().userProperty().get()).isEqualTo("ed");
  }

  private void begin2(Beginning beginning) {
    databases.beginsWith(beginning);
    model.begin();
    arrive();
  }

  @Test
  void aPasswordInAUrlIsTakenOutOfSight() {
    begin(new Beginning.Ask(false));
    model.form().urlProperty().set("postgres://ed:hush-hush@h:1/d");
    model.form().tidy();
    assertThat(model.form().urlProperty().get()).isEqualTo("jdbc:postgresql://h:1/d");
    assertThat(model.form().choice().toString()).doesNotContain("hush-hush");
    assertThat(model.form().choice().password().reveal()).isEqualTo("hush-hush");
    model.leave();
    assertThat(model.form().passwordProperty().get()).isEmpty();
  }

  @Test
  void fieldsAndUrlFollowEachOther() {
    begin(new Beginning.Ask(false));
    assertThat(model.form().incompleteProperty().get()).contains("host");
    model.form().hostProperty().set("h");
    model.form().portProperty().set("x");
    assertThat(model.form().incompleteProperty().get()).contains("65535");
    model.form().portProperty().set("99");
    model.form().tlsProperty().set(TlsMode.VERIFY_FULL);
    assertThat(model.form().urlProperty().get())
        .isEqualTo("jdbc:postgresql://h:99/imprimatur?sslmode=verify-full");
    assertThat(model.form().incompleteProperty().get()).contains("user");
    model.form().userProperty().set("u");
    assertThat(model.form().incompleteProperty().get()).isEmpty();
    model.form().urlProperty().set("not a url");
    assertThat(model.form().incompleteProperty().get()).contains("URL");
    model.connect();
    assertThat(databases.asked()).isEmpty();
  }

  @Test
  void aTestTellsWhatItFound() {
    begin(new Beginning.Ask(false));
    fillForm();
    databases.reports(FakeDatabases.blocked(Obstacle.REFUSED));
    model.test();
    assertThat(model.phaseProperty().get()).isEqualTo(Phase.TESTING);
    arrive();
    assertThat(model.results())
        .singleElement()
        .satisfies(l -> assertThat(l.what()).contains("db.example", "5432", "refused"));
    databases.reports(FakeDatabases.ready(List.of("imprimatur_reviewer"), "004", "TLSv1.3", false));
    model.test();
    arrive();
    assertThat(model.results()).hasSize(5);
    assertThat(model.focusProperty().get()).isEqualTo(Focus.CONNECT);
  }

  @Test
  void whatIsCalledOffIsNotHeardOf() {
    begin(new Beginning.Ask(false));
    fillForm();
    databases.reports(FakeDatabases.blocked(Obstacle.REFUSED));
    model.test();
    assertThat(model.cancel()).isTrue();
    arrive();
    assertThat(model.results()).isEmpty();
    assertThat(model.phaseProperty().get()).isEqualTo(Phase.CHOOSING);
    assertThat(model.cancel()).isFalse();
  }

  @Test
  void aDatabaseThatOpensTooLateIsClosedAgain() {
    try (TestDatabase database = TestDatabase.migrated(TestDatabase.Kind.H2);
        Bench bench = Bench.on(database.open())) {
      var closed = new AtomicInteger();
      databases.opens(
          new Opening.Opened(
              new OpenDatabase(bench.engine(), null, "me", List.of(), closed::incrementAndGet)));
      begin(new Beginning.Ask(false));
      model.workAlone();
      model.cancel();
      arrive();
      assertThat(opened).isEmpty();
      assertThat(closed).hasValue(1);
      model.workAlone();
      arrive();
      assertThat(opened).hasSize(1);
      assertThat(closed).hasValue(1);
    }
  }

  @Test
  void whyAnOpeningFailedIsKeptInSightAndCanBeTriedAgain() {
    begin(new Beginning.Ask(false));
    fillForm();
    databases.opens(new Opening.Blocked(FakeDatabases.blocked(Obstacle.WRONG_PASSWORD)));
    model.connect();
    arrive();
    StartViewModel.Failure failure = model.failureProperty().get();
    assertThat(failure.headline()).contains("db.example").doesNotContain("hush-hush");
    assertThat(failure.message()).contains("editor_a");
    assertThat(failure.details()).contains("wrong_password").doesNotContain("hush-hush");
    assertThat(model.focusProperty().get()).isEqualTo(Focus.PASSWORD);
    model.retry();
    assertThat(model.failureProperty().get()).isNull();
    assertThat(databases.asked()).hasSize(2);
  }

  @Test
  void whatWasNamedAndFailedBeginsTheForm() {
    databases.opens(new Opening.Failed("It is open in another process.", "details"));
    begin(
        new Beginning.Open(
            new Choice.Named("jdbc:postgresql://h:1/d", "jdbc:postgresql://h:1/d", "ed"), false));
    assertThat(model.phaseProperty().get()).isEqualTo(Phase.CHOOSING);
    assertThat(model.focusProperty().get()).isEqualTo(Focus.RETRY);
    assertThat(model.form().hostProperty().get()).isEqualTo("h");
  }
}
