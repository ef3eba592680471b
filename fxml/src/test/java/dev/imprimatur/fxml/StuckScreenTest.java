package dev.imprimatur.fxml;

import static dev.imprimatur.fxml.ConsoleRobot.SOON;
import static dev.imprimatur.fxml.ConsoleRobot.fx;
import static dev.imprimatur.persistence.Bench.decided;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imprimatur.engine.assessment.Assessment;
import dev.imprimatur.engine.assessment.Batch;
import dev.imprimatur.engine.assessment.Batch.Judging;
import dev.imprimatur.engine.assessment.Batch.State;
import dev.imprimatur.engine.assessment.BatchActions.Action;
import dev.imprimatur.engine.assessment.BatchActions.Order;
import dev.imprimatur.engine.assessment.Callbacks.Callback;
import dev.imprimatur.engine.assessment.Comparison;
import dev.imprimatur.engine.assessment.Comparison.Answer;
import dev.imprimatur.engine.assessment.NewBatch;
import dev.imprimatur.engine.assessment.StuckBatches.Row;
import dev.imprimatur.engine.document.MediaType;
import dev.imprimatur.fxml.list.Slot;
import dev.imprimatur.persistence.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Stuck batches in the window: what a batch waits for, what a decision would come to, and what it
/// came to. Pictures of what is seen are left in `target/screens`.
class StuckScreenTest {
  @TempDir Path folder;
  private TestDatabase database;
  private ConsoleRobot robot;

  private void open(TestDatabase.Kind kind) {
    database = TestDatabase.migrated(kind);
    robot = ConsoleRobot.on(database);
  }

  @AfterEach
  void close() {
    robot.close();
  }

  private Assessment assessment() {
    return robot.engine().assessment();
  }

  private UUID make(String name, Judging judging, int texts, int budget) {
    var wanted =
        new NewBatch(
            name,
            null,
            judging,
            budget,
            80,
            IntStream.rangeClosed(1, texts)
                .<NewBatch.Text>mapToObj(i ->
                    new NewBatch.Text.Own(
                        "Essay " + (char) ('@' + i), MediaType.PLAIN, "What it says. ".repeat(i)))
                .toList());
    return decided(assessment().batches().create(wanted)).batch().id();
  }

  private UUID outside(String name) {
    UUID id = make(name, Judging.EXTERNAL, 5, 10);
    await().atMost(SOON).until(() -> batch(id).state() == State.WAITING_CALLBACKS);
    return id;
  }

  private Batch batch(UUID id) {
    return assessment().batches().find(id).orElseThrow();
  }

  private List<Comparison> outstanding(UUID id) {
    return assessment().batches().detail(id).orElseThrow().outstanding();
  }

  private void answer(UUID id, int count) {
    for (Comparison pair : outstanding(id).subList(0, count)) {
      decided(
          assessment().callbacks().take(new Callback(pair.correlationId(), Answer.FIRST, null)));
    }
  }

  /// As if nothing had moved since this morning.
  private void age(UUID id) {
    database.execute(
        "UPDATE comparison SET sent_at = sent_at - INTERVAL '5' HOUR WHERE status = 'SENT' AND batch_id = '"
            + id
            + "'");
    database.execute(
        "UPDATE batch SET last_activity = last_activity - INTERVAL '5' HOUR WHERE id = '"
            + id
            + "'");
  }

  private TableView<Slot<Row>> table() {
    return robot.table("#stuck-table");
  }

  private void awaitRows(int count) {
    await()
        .atMost(SOON)
        .until(() ->
            fx(() ->
                table().getItems().size() == count
                    && table().getItems().stream().allMatch(s -> s.row() != null)));
  }

  private void awaitFact(String name, String part) {
    robot.awaitText("#stuck-fact-" + name, text -> text.contains(part));
  }

  private void awaitOpen(String button) {
    await().atMost(SOON).until(() -> !robot.button(button).isDisabled());
  }

  private boolean canConfirm() {
    return fx(() ->
        robot.labels(".dialog-pane .button").stream()
            .filter(
                b -> b instanceof javafx.scene.control.Button button && button.isDefaultButton())
            .noneMatch(b -> b.isDisabled()));
  }

  @Test
  void aSilentJudgesBatchIsAskedAboutAgainAndClosedWithWhatExists() {
    open(TestDatabase.Kind.H2);
    robot.show(folder);
    robot.fire("#nav-stuck");
    robot.awaitText("#stuck-blank .blank-head", "No batch is stuck"::equals);
    robot.picture("stuck-none");

    UUID id = outside("Essays of May");
    answer(id, 2);
    UUID other = outside("Essays of June");
    age(id);
    awaitRows(1);
    await().atMost(SOON).until(() -> robot.texts("#stuck-count").contains("1"));
    awaitFact("decision", "Wait: answers are outstanding");
    awaitFact("now", "Wait: answers are outstanding");
    awaitFact("graph", "Cut off from most");
    awaitFact("jobs", "judges outside");
    awaitFact("reliability", "if all outstanding were answered");
    robot.awaitText("#stuck-warning", t -> t.startsWith("Nothing has moved for 5 h"));
    awaitOpen("#stuck-rerequest");
    robot.picture("stuck-inspector");

    // Nothing is changed before it is confirmed.
    long revision = batch(id).progress().revision();
    fx(() -> {
      table().requestFocus();
      return null;
    });
    robot.press(KeyCode.R);
    robot.awaitText(".dialog-pane .label", "Ask again for 8 pairs of “Essays of May”?"::equals);
    robot.dialogPicture("stuck-dry-run-ask");
    assertThat(batch(id).progress().revision()).isEqualTo(revision);
    robot.confirm();
    robot.awaitText("#notice .label", t -> t.startsWith("Judges are asked again"));
    robot.awaitText("#notice .label", t -> t.startsWith("Read again after the commit"));
    assertThat(outstanding(id)).allSatisfy(c -> assertThat(c.requests()).isEqualTo(2));
    robot.awaitText("#stuck-blank .blank-head", "No batch is stuck"::equals);
    robot.picture("stuck-asked-again");

    // It moves again: it stands among those that are open.
    answer(id, 4);
    robot.fire("#stuck-show-open");
    awaitRows(2);
    select(id);
    awaitFact("answers", "6 of 10 (60 %)");
    robot.picture("stuck-open");
    await().atMost(SOON).until(() -> fx(() -> pairs().getItems().size()) == 4);
    robot.press(KeyCode.ENTER);
    robot.press(KeyCode.HOME);
    robot.press(KeyCode.SHIFT, KeyCode.DOWN);
    await().atMost(SOON).until(() -> robot.button("#stuck-rerequest").getText().contains("for 2"));

    answer(other, 8);
    assertThat(robot.button("#stuck-finalise").getAccessibleHelp()).contains("80 % are enough");
    awaitOpen("#stuck-close");
    robot.fire("#stuck-close");
    robot.awaitShown("#decision-reason");
    assertThat(canConfirm()).as("without a reason").isFalse();
    robot.type("#decision-reason", "The judge is gone, and six answers will do.");
    robot.dialogPicture("stuck-dry-run-close");
    robot.confirm();
    robot.awaitText("#notice .label", "“Essays of May” is closed with what exists."::equals);
    await().atMost(SOON).until(() -> batch(id).state() == State.COMPLETED);
    assertThat(batch(id).progress().status()).isEqualTo(Batch.Status.COMPLETE_MAX_COMPARISONS);
    // It is no longer open; what became of it stays in sight.
    robot.awaitText("#stuck-blank .blank-head", "No batch is open"::equals);
    robot.awaitText("#stuck-mark", "Ranked"::equals);
    robot.awaitText("#stuck-fact-charged", t -> t.startsWith("6 credits"));
    robot.picture("stuck-ranked");
    assertThat(robot.engine().audit().list("batch", id.toString(), 9))
        .anySatisfy(e -> assertThat(e.reason()).contains("six answers will do"));
  }

  @SuppressWarnings("unchecked")
  private TableView<Comparison> pairs() {
    return robot.table("#stuck-pairs");
  }

  private void select(UUID id) {
    fx(() -> {
      table().requestFocus();
      for (int i = 0; i < table().getItems().size(); i++) {
        if (table().getItems().get(i).id().equals(id)) {
          table().getSelectionModel().clearAndSelect(i);
        }
      }
      return null;
    });
  }

  @Test
  void whatSomebodyElseDecidedMeanwhileIsShownBesideIt() {
    open(TestDatabase.Kind.H2);
    UUID id = outside("Essays of May");
    answer(id, 1);
    age(id);
    robot.show(folder);
    robot.fire("#nav-stuck");
    awaitRows(1);
    awaitOpen("#stuck-cancel");
    robot.fire("#stuck-cancel");
    robot.awaitShown("#decision-reason");
    robot.type("#decision-reason", "no longer wanted");
    decided(
        assessment()
            .actions()
            .act(new Order(id, Action.FAIL, null, "the judge is broken", Set.of())));
    robot.confirm();
    robot.awaitText("#notice .label", t -> t.contains("failed it (without a ranking)"));
    robot.awaitText("#notice .label", t -> t.startsWith("Failed by an administrator"));
    robot.awaitText("#stuck-fact-state", t -> t.startsWith("Failed by an administrator"));
    robot.picture("stuck-clash");
    assertThat(batch(id).state()).isEqualTo(State.FAILED);

    robot.fire("#notice-close");
    robot.fire("#stuck-show-failed");
    awaitRows(1);
    await()
        .atMost(SOON)
        .until(() ->
            robot.node("#stuck-diagnostics", TextInputControl.class).getText().contains("broken"));
    assertThat(robot.button("#stuck-close").getAccessibleHelp()).contains("It has ended");
    robot.picture("stuck-failed");
  }

  @Test
  void aBatchLeadsToItsJobsInTheQueue() {
    open(TestDatabase.Kind.H2);
    robot.bench().stopWork();
    UUID id = make("Drafts", Judging.LOCAL, 4, 12);
    age(id);
    robot.show(folder);
    robot.fire("#nav-stuck");
    awaitRows(1);
    awaitFact("jobs", "assessment.pairs, pending");
    robot.fire("#stuck-queue");
    await().atMost(SOON).until(() -> fx(() -> robot.table("#queue-table").getItems().size()) == 1);
    assertThat(robot.node("#queue-search", TextInputControl.class).getText())
        .isEqualTo(id.toString());
  }

  @Test
  void whoIsNoAdministratorIsToldWhyOnEveryButton() {
    database = TestDatabase.migrated(TestDatabase.Kind.POSTGRES);
    robot =
        ConsoleRobot.over(database, database.openAs(TestDatabase.EDITOR_A), TestDatabase.EDITOR_A);
    UUID id = outside("Essays of May");
    age(id);
    robot.show(folder);
    robot.fire("#nav-stuck");
    awaitRows(1);
    robot.awaitText("#stuck-why", t -> t.contains("for administrators"));
    for (Action action : Action.values()) {
      var button = robot.button("#stuck-" + dev.imprimatur.engine.review.Code.of(action));
      assertThat(button.isDisabled()).as("%s", action).isTrue();
      assertThat(button.getAccessibleHelp()).as("%s", action).contains("administrators");
    }
    robot.picture("stuck-reader");
    assertThat(batch(id).state()).isEqualTo(State.WAITING_CALLBACKS);
  }

  @Test
  void whatCantBeReadSaysSo() {
    open(TestDatabase.Kind.H2);
    robot.show(folder);
    robot.glass().shatter();
    robot.fire("#nav-stuck");
    robot.awaitText("#stuck-blank .blank-head", "The batches can’t be read"::equals);
    robot.picture("stuck-unreadable");
    robot.glass().clear();
    robot.fire("#nav-inbox");
    robot.fire("#nav-stuck");
    robot.awaitText("#stuck-blank .blank-head", "No batch is stuck"::equals);
  }
}
