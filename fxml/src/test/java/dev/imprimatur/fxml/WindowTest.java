package dev.imprimatur.fxml;

import static dev.imprimatur.fxml.ConsoleRobot.SOON;
import static dev.imprimatur.fxml.ConsoleRobot.fx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.engine.review.Escalations;
import dev.imprimatur.fxml.dialog.Dialogs;
import dev.imprimatur.fxml.memory.Remembered;
import dev.imprimatur.fxml.view.Theme;
import dev.imprimatur.fxml.view.Texts;
import dev.imprimatur.persistence.Bench;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.util.WaitForAsyncUtils;

/// Inbox and desk as a reviewer uses them, over a real engine on a temporary database. Pictures of
/// what is seen are left in `target/screens`.
class WindowTest {
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

  /// A version that regressed, one that reads like a machine's, one that is poor.
  private void fill() {
    robot.evaluate("Bread at home", text("Bread at home", "ai=0.05 aeo=85"));
    robot.evaluate("Bread at home", text("Bread at home, again", "ai=0.22 aeo=66"));
    robot.evaluate("A tent for two", text("A tent for two", "ai=0.81 aeo=71"));
    robot.evaluate("Why the sea has tides", text("Tides", "ai=0.12 aeo=41.5"));
  }

  private static String text(String heading, String scores) {
    return "# "
        + heading
        + "\n\nFlour, water, salt and time are all that is asked for. What they come to depends on"
        + " how warm the kitchen is, and on how long one is willing to wait.\n\n## What to do"
        + " first\n\nWeigh the flour. A cup holds more or less of it, as it is pressed; a scale does"
        + " not mind.\n\nThen leave it alone for an hour. "
        + scores
        + "\n";
  }

  @Test
  void theInboxIsWorkedThroughByKeyboard() {
    fill();
    robot.show(folder);
    awaitRows(3);
    assertThat(robot.label("#inbox-count")).isEqualTo("3");
    robot.picture("inbox");
    robot.press(KeyCode.J);
    robot.press(KeyCode.K);
    String title = selected().row().articleTitle();

    robot.press(KeyCode.C);
    robot.awaitText("#notice .notice-headline", t -> t.contains("claimed “" + title));
    awaitSelected(d -> "editor".equals(d.claimHolder()));
    robot.picture("inbox-claimed");

    robot.press(KeyCode.U);
    awaitSelected(d -> d.claimHolder() == null);

    robot.press(KeyCode.E);
    resolve("false_alarm", "The detector takes lists for prose.", "resolve-dialog");
    robot.awaitText("#notice .notice-headline", t -> t.contains("resolved: False alarm"));
    awaitRows(2);
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
  }

  @Test
  void theDeskShowsWhyAndDecides() {
    fill();
    robot.show(folder);
    awaitRows(3);
    select(Escalation.Reason.SCORE_REGRESSION);
    robot.press(KeyCode.ENTER);
    robot.awaitText("#desk-badge", "Score regression"::equals);
    assertThat(robot.texts("#desk-why .label"))
        .anyMatch(t -> t.contains("Detector average fell from 95 to 78"))
        .anyMatch(t -> t.contains("AEO average fell from 85 to 66"));
    assertThat(robot.texts("#desk-scores .label")).contains("−17.00", "−19.00", "d1", "how to");
    assertThat(robot.button("#desk-release").isDisabled()).isTrue();
    assertThat(robot.button("#desk-release").getAccessibleHelp()).contains("Nobody has claimed it");
    robot.picture("desk");

    robot.fire("#desk-claim");
    robot.awaitText("#notice .notice-headline", t -> t.contains("You have claimed this"));
    await().atMost(SOON).until(() -> !robot.button("#desk-release").isDisabled());

    robot.type("#desk-comment", "The second half was shortened; compare the numbers.");
    robot.fire("#desk-add-comment");
    robot.awaitText("#desk-comments .label", t -> t.contains("editor"));
    robot.picture("desk-claimed");

    robot.fire("#desk-approve");
    resolve("override", "Shorter on purpose.", "approve-dialog");
    robot.awaitText("#notice .notice-headline", t -> t.contains("is approved"));
    robot.awaitText("#desk-state", t -> t.contains("Override by editor"));
    await().atMost(SOON).until(() -> robot.button("#desk-approve").isDisabled());
    assertThat(robot.button("#desk-approve").getAccessibleHelp())
        .contains("Revoke that approval first");
    robot.picture("desk-approved");
    robot.press(KeyCode.ESCAPE);
    awaitRows(2);
  }

  @Test
  void whatAnotherDecidedIsTold() {
    fill();
    robot.show(folder);
    awaitRows(3);
    select(Escalation.Reason.POOR_QUALITY);
    Escalation seen = selected().row().escalation();
    robot.press(KeyCode.E);
    await().atMost(SOON).until(() -> robot.shown("#decision-reason"));
    // The dialog stands open while the same escalation is decided elsewhere.
    Decision<Escalations.Detail> elsewhere =
        robot
            .engine()
            .review()
            .escalations()
            .resolve(seen.id(), seen.revision(), Escalation.Outcome.REJECTED, "Too thin.");
    Bench.decided(elsewhere);
    resolve("override", "It is fine.", "conflict-dialog");
    robot.awaitText("#notice .notice-headline", t -> t.contains("editor resolved it (Rejected)"));
    awaitRows(2);
    robot.picture("inbox-conflict");
  }

  @Test
  void whatComesIsShownWithinASecondAndFiltersHold() {
    robot.show(folder);
    robot.awaitText("#inbox-blank .label", "Nothing to review"::equals);
    robot.picture("inbox-empty");
    robot.evaluate("A late one", text("A late one", "ai=0.9 aeo=70"));
    await()
        .atMost(Duration.ofSeconds(1))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> rows() == 1);
    robot.type("#inbox-search", "nothing like it");
    robot.awaitText("#inbox-blank .label", "No escalation matches"::equals);
    robot.picture("inbox-no-match");
    robot.type("#inbox-search", "late");
    awaitRows(1);
    robot.fire("#nav-articles");
    robot.awaitShown("#articles-table .table-row-cell");
    robot.picture("articles");
    robot.fire("#show-keys");
    robot.awaitShown(".key-map");
    robot.dialogPicture("keys");
  }

  @Test
  void theThemeIsSwitchedAndRemembered() {
    robot.show(folder);
    assertThat(robot.texts("#theme-switch")).containsExactly("Dark theme");
    robot.fire("#theme-switch");
    assertThat(robot.texts("#theme-switch")).containsExactly("Light theme");
    await()
        .atMost(SOON)
        .until(() -> new Remembered(folder.resolve("console.properties")).theme() == Theme.DARK);
    robot.fire("#theme-switch");
  }

  @Test
  void whatGoesWrongIsShownWithDetailsToCopy() {
    robot.show(folder);
    var style = Console.class.getResource("imprimatur.css");
    fx(() -> {
      var dialogs = new Dialogs(Texts.standard(), style);
      dialogs.over(robot.stage());
      dialogs.failure("Reading the inbox", new IllegalStateException("no connection"));
      return null;
    });
    robot.awaitShown(".dialog-pane");
    assertThat(robot.texts(".dialog-pane .label")).anyMatch(t -> t.contains("no connection"));
    assertThat(robot.texts(".dialog-pane .button")).contains("Copy details");
    robot.dialogPicture("failure");
  }

  private void resolve(String outcome, String reason, String picture) {
    robot.awaitShown("#outcome-" + outcome);
    robot.fire("#outcome-" + outcome);
    robot.type("#decision-reason", reason);
    robot.dialogPicture(picture);
    robot.confirm();
  }

  private void select(Escalation.Reason reason) {
    fx(() -> {
      TableView<Escalations.Detail> table = table();
      table.getItems().stream()
          .filter(d -> d.row().escalation().reason() == reason)
          .findFirst()
          .ifPresent(d -> table.getSelectionModel().select(d));
      table.requestFocus();
      return null;
    });
    awaitSelected(d -> d.row().escalation().reason() == reason);
  }

  private TableView<Escalations.Detail> table() {
    return robot.table("#inbox-table");
  }

  private int rows() {
    return fx(() -> table().getItems().size());
  }

  private void awaitRows(int count) {
    await().atMost(SOON).until(() -> rows() == count);
    WaitForAsyncUtils.waitForFxEvents();
  }

  private Escalations.Detail selected() {
    return fx(() -> table().getSelectionModel().getSelectedItem());
  }

  private void awaitSelected(Predicate<Escalations.Detail> condition) {
    await()
        .atMost(SOON)
        .until(() -> {
          Escalations.Detail detail = selected();
          return detail != null && condition.test(detail);
        });
  }
}
