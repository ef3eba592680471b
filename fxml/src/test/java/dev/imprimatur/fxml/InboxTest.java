package dev.imprimatur.fxml;

import static dev.imprimatur.fxml.ConsoleRobot.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.imprimatur.engine.review.Approval;
import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.engine.review.Escalations;
import dev.imprimatur.engine.review.RewriteSuggestion;
import dev.imprimatur.persistence.Bench;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import javafx.application.Platform;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The inbox as it is worked through by keyboard, over a real engine. Pictures of what is seen are
/// left in `target/screens`.
class InboxTest {
  private static final Duration LONG = Duration.ofMinutes(10);

  @TempDir Path folder;

  private ConsoleRobot robot;
  private InboxHand inbox;

  @BeforeEach
  void open() {
    robot = ConsoleRobot.onH2();
    inbox = new InboxHand(robot);
  }

  @AfterEach
  void close() {
    robot.close();
  }

  private Escalation stored(UUID id) {
    return robot.engine().review().escalations().find(id).orElseThrow().row().escalation();
  }

  @Test
  void itIsWorkedThroughByKeyboard() {
    Samples.fill(robot);
    robot.show(folder);
    inbox.awaitRows(3);
    robot.awaitText("#inbox-count", "3"::equals);
    robot.picture("inbox");
    robot.press(KeyCode.J);
    robot.press(KeyCode.K);
    String title = inbox.selected().row().articleTitle();

    robot.press(KeyCode.C);
    robot.awaitText("#notice .notice-headline", t -> t.contains("claimed “" + title));
    inbox.awaitSelected(d -> "editor".equals(d.claimHolder()));
    robot.picture("inbox-claimed");
    robot.press(KeyCode.SHIFT, KeyCode.C);
    inbox.awaitSelected(d -> d.claimHolder() == null);

    robot.press(KeyCode.E);
    inbox.answer("false_alarm", "The detector takes lists for prose.", "resolve-dialog");
    robot.awaitText("#notice .notice-headline", t -> t.contains("resolved: False alarm"));
    inbox.awaitRows(2);
    robot.awaitText("#inbox-count", "2"::equals);
    Escalation decided =
        robot
            .engine()
            .review()
            .escalations()
            .list(Escalation.Status.RESOLVED, 10)
            .getFirst()
            .row()
            .escalation();
    assertThat(decided.resolution().by()).isEqualTo("editor");

    Escalation next = inbox.selected().row().escalation();
    robot.press(KeyCode.X);
    inbox.because("Not for us.", "reject-dialog");
    inbox.awaitRows(1);
    assertThat(stored(next.id()).resolution().outcome()).isEqualTo(Escalation.Outcome.REJECTED);

    Escalation last = inbox.selected().row().escalation();
    robot.press(KeyCode.R);
    await()
        .atMost(SOON)
        .until(() ->
            !robot
                .engine()
                .review()
                .rewrites()
                .list(RewriteSuggestion.Status.PENDING, 10)
                .isEmpty());
    robot.press(KeyCode.A);
    inbox.answer("override", "Good enough as it is.", "approve-dialog");
    robot.awaitText("#inbox-blank .label", "Nothing to review"::equals);
    List<Approval> approvals = robot.engine().review().approvals().history(last.articleId());
    assertThat(approvals).singleElement().matches(Approval::inForce);
  }

  @Test
  void aDecisionWaitsInSightAndIsTakenBack() {
    Samples.fill(robot);
    robot.show(folder, LONG);
    inbox.awaitRows(3);
    Escalation e = inbox.selected().row().escalation();
    robot.press(KeyCode.X);
    inbox.because("Too thin.", "reject-dialog");
    robot.awaitText("#undo-bar .label", t -> t.contains("not recorded yet"));
    robot.awaitText("#inbox-table .table-cell", "↺ Resolve: Rejected"::equals);
    robot.picture("inbox-undo");
    assertThat(stored(e.id()).status()).isEqualTo(Escalation.Status.PENDING);
    // What waits is not decided a second time.
    robot.press(KeyCode.E);
    robot.awaitText("#notice .notice-headline", t -> t.contains("waits to be recorded already"));

    robot.press(KeyCode.U);
    robot.awaitGone("#undo-bar");
    robot.awaitText("#notice .notice-headline", t -> t.contains("nothing was recorded"));
    assertThat(stored(e.id()).revision()).isEqualTo(e.revision());

    robot.press(KeyCode.X);
    inbox.because("Too thin.", "reject-dialog");
    robot.fire("#undo-bar .flat");
    await().atMost(SOON).until(() -> stored(e.id()).status() == Escalation.Status.RESOLVED);
  }

  @Test
  void aClaimAndASnoozeAreTakenBackByTheirOpposites() {
    Samples.fill(robot);
    robot.show(folder, LONG);
    inbox.awaitRows(3);
    Escalation e = inbox.selected().row().escalation();
    robot.press(KeyCode.C);
    inbox.awaitSelected(d -> "editor".equals(d.claimHolder()));
    robot.press(KeyCode.U);
    inbox.awaitSelected(d -> d.claimHolder() == null);
    robot.press(KeyCode.Z);
    robot.awaitShown("#snooze-tomorrow");
    robot.fire("#snooze-tomorrow");
    robot.dialogPicture("snooze-dialog");
    robot.confirm();
    inbox.awaitRows(2);
    assertThat(stored(e.id()).snoozedUntil()).isNotNull();
    robot.press(KeyCode.U);
    inbox.awaitRows(3);
    assertThat(stored(e.id()).snoozedUntil()).isNull();
  }

  @Test
  void whatWaitsIsRecordedWhenTheWindowCloses() {
    Samples.fill(robot);
    robot.show(folder, LONG);
    inbox.awaitRows(3);
    Escalation e = inbox.selected().row().escalation();
    robot.press(KeyCode.X);
    inbox.because("Too thin.", "reject-dialog");
    robot.awaitShown("#undo-bar");
    robot.closeWindow();
    assertThat(stored(e.id()).status()).isEqualTo(Escalation.Status.RESOLVED);
  }

  @Test
  void whatWaitsIsRecordedThoughTheFxThreadNoLongerAnswers() throws InterruptedException {
    Samples.fill(robot);
    robot.show(folder, LONG);
    inbox.awaitRows(3);
    Escalation e = inbox.selected().row().escalation();
    robot.press(KeyCode.X);
    inbox.because("Too thin.", "reject-dialog");
    robot.awaitShown("#undo-bar");
    // As when the system asks the process to end: JavaFX goes first.
    var goOn = new CountDownLatch(1);
    Platform.runLater(() -> {
      try {
        goOn.await();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    });
    try {
      robot.end();
    } finally {
      goOn.countDown();
    }
    assertThat(stored(e.id()).status()).isEqualTo(Escalation.Status.RESOLVED);
    assertThat(stored(e.id()).revision()).isEqualTo(e.revision() + 1);
  }

  @Test
  void whatCannotBeRecordedAtTheEndIsTold() {
    Samples.fill(robot);
    robot.show(folder, LONG);
    inbox.awaitRows(3);
    Escalation e = inbox.selected().row().escalation();
    robot.press(KeyCode.X);
    inbox.because("Too thin.", "reject-dialog");
    robot.awaitShown("#undo-bar");
    Bench.<Escalations.Detail>decided(
        robot
            .engine()
            .review()
            .escalations()
            .resolve(e.id(), null, Escalation.Outcome.OVERRIDE, "Fine."));
    robot.askToClose();
    robot.awaitText(".dialog-pane .label", "These decisions were not recorded"::equals);
    robot.awaitText(".dialog-pane .label", t -> t.contains("editor resolved it (Override)"));
    robot.dialogPicture("close-unrecorded");
    robot.press(KeyCode.ESCAPE);
    await().atMost(SOON).until(() -> !ConsoleRobot.fx(() -> robot.stage().isShowing()));
  }

  @Test
  void onesOwnClaimDoesNotSpoilWhatWaits() {
    Samples.fill(robot);
    robot.show(folder, LONG);
    inbox.awaitRows(3);
    Escalation e = inbox.selected().row().escalation();
    robot.press(KeyCode.X);
    inbox.because("Too thin.", "reject-dialog");
    robot.press(KeyCode.C);
    robot.awaitText("#notice .notice-headline", t -> t.contains("waits to be recorded already"));
    robot.fire("#undo-bar .flat");
    await().atMost(SOON).until(() -> stored(e.id()).status() == Escalation.Status.RESOLVED);
  }

  @Test
  void whatWasReadStaysInSightWhenTheDatabaseDoesNotAnswer() {
    Samples.fill(robot);
    robot.show(folder);
    inbox.awaitRows(3);
    robot.glass().shatter();
    robot.awaitShown("#stale");
    assertThat(inbox.rows()).isEqualTo(3);
    assertThat(robot.shown("#inbox-table")).isTrue();
    robot.picture("inbox-stale");
    robot.glass().clear();
    robot.awaitGone("#stale");
  }

  @Test
  void whatAnotherDecidedStandsBesideWhatWasAboutToBeDone() {
    Samples.fill(robot);
    robot.show(folder);
    inbox.awaitRows(3);
    Escalation seen = inbox.select(Escalation.Reason.POOR_QUALITY).row().escalation();
    robot.press(KeyCode.E);
    robot.awaitShown("#decision-reason");
    // The dialog stands open while the same escalation is decided elsewhere.
    Bench.<Escalations.Detail>decided(
        robot
            .engine()
            .review()
            .escalations()
            .resolve(seen.id(), seen.revision(), Escalation.Outcome.REJECTED, "Too thin."));
    inbox.answer("override", "It is fine.", "conflict-dialog");
    robot.awaitText("#notice .notice-headline", t -> t.contains("editor resolved it (Rejected)"));
    assertThat(robot.texts("#notice .notice-side .label"))
        .contains("What you were about to do", "Resolve: Override", "Reason: It is fine.")
        .contains("What stands now", "Reason: Too thin.")
        .anyMatch(t -> t.startsWith("Resolved as Rejected by editor on"));
    inbox.awaitRows(2);
    robot.picture("inbox-conflict");
  }

  @Test
  void whatIsNotReadYetAndWhatCannotBeReadIsSaid() {
    Samples.fill(robot);
    robot.glass().hold();
    robot.show(folder);
    robot.awaitText("#inbox-blank .label", "Reading the inbox…"::equals);
    robot.picture("inbox-loading");
    robot.glass().shatter();
    robot.awaitText("#inbox-blank .label", "The inbox can’t be read"::equals);
    robot.awaitText("#status-work .label", "The database does not answer"::equals);
    robot.picture("inbox-error");
    robot.glass().clear();
    // It comes back by itself.
    inbox.awaitRows(3);
    robot.awaitText("#status-work .label", "Nothing running"::equals);
  }

  @Test
  void whatComesIsShownWithinASecondAndFiltersHold() {
    robot.show(folder);
    robot.awaitText("#inbox-blank .label", "Nothing to review"::equals);
    robot.picture("inbox-empty");
    robot.evaluate("A late one", Samples.text("A late one", "ai=0.9 aeo=70"));
    ConsoleRobot.awaitWithinASecond(() -> inbox.rows() == 1);
    robot.write("/");
    robot.write("nothing");
    robot.awaitText("#inbox-blank .label", "No escalation matches"::equals);
    robot.picture("inbox-no-match");
    robot.press(KeyCode.ESCAPE);
    inbox.awaitRows(1);
    robot.write("?");
    robot.awaitShown(".key-map");
    robot.dialogPicture("keys");
  }

  @Test
  void orderFiltersAndSelectionAreThereAtTheNextStart() {
    Samples.fill(robot);
    robot.show(folder);
    inbox.awaitRows(3);
    inbox.select(Escalation.Reason.POOR_QUALITY);
    List<Double> laidOut = widths();
    robot.dragBorder("#inbox-table", "reason", 20);
    List<Double> byHand = widths();
    assertThat(byHand.getFirst()).isCloseTo(laidOut.getFirst() + 20, within(2.0));
    ConsoleRobot.fx(() -> {
      inbox.table().getSortOrder().setAll(inbox.table().getColumns().get(1));
      return null;
    });
    robot.closeWindow();
    robot.show(folder);
    inbox.awaitRows(3);
    inbox.awaitSelected(d -> d.row().escalation().reason() == Escalation.Reason.POOR_QUALITY);
    assertThat(ConsoleRobot.fx(() -> inbox.table().getSortOrder().getFirst().getId()))
        .isEqualTo("article");
    assertThat(widths()).isEqualTo(byHand);
    // However often it starts, and however wide it was in between.
    ConsoleRobot.fx(() -> {
      robot.stage().setWidth(1400);
      return null;
    });
    robot.settle();
    assertThat(widths()).isNotEqualTo(byHand);
    for (int start = 0; start < 2; start++) {
      robot.closeWindow();
      robot.show(folder);
      inbox.awaitRows(3);
      robot.settle();
      assertThat(widths()).isEqualTo(byHand);
    }
  }

  private List<Double> widths() {
    return ConsoleRobot.fx(
        () -> inbox.table().getColumns().stream().map(column -> column.getWidth()).toList());
  }
}
