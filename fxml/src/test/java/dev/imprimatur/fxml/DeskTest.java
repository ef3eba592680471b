package dev.imprimatur.fxml;

import static dev.imprimatur.fxml.ConsoleRobot.SOON;
import static dev.imprimatur.fxml.ConsoleRobot.fx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.persistence.Bench;
import java.nio.file.Path;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The desk as a reviewer uses it, over a real engine. Pictures of what is seen are left in
/// `target/screens`.
class DeskTest {
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

  private void openDesk(Escalation.Reason reason) {
    inbox.awaitRows(3);
    inbox.select(reason);
    robot.press(KeyCode.ENTER);
    robot.awaitText("#desk-badge", t -> !t.isEmpty());
  }

  @Test
  void itShowsWhyAndWhatChangedAndDecides() {
    Samples.fill(robot);
    robot.show(folder);
    openDesk(Escalation.Reason.SCORE_REGRESSION);
    robot.awaitText("#desk-badge", "Score regression"::equals);
    assertThat(robot.texts("#desk-why .label"))
        .anyMatch(t -> t.contains("Detector average fell from 95 to 78"))
        .anyMatch(t -> t.contains("AEO average fell from 85 to 66"));
    assertThat(robot.texts("#desk-scores .label")).contains("−17.00", "−19.00", "d1", "how to");
    assertThat(robot.shown("#desk-release")).isFalse();
    robot.awaitShown("#desk-diff .diff-list .list-cell");
    robot.picture("desk");
    robot.press(KeyCode.T);
    robot.awaitShown("#desk-text .list-cell");
    robot.picture("desk-text");
    robot.press(KeyCode.L);
    robot.awaitText(
        "#desk-timeline .list-cell", t -> t != null && t.startsWith("New version: 2, imported"));
    robot.picture("desk-timeline");
    robot.press(KeyCode.D);
    // The arrows mark the next one without pressing it: what is marked is what is shown.
    ToggleButton changes = robot.node("#desk-face-changes", ToggleButton.class);
    ToggleButton text = robot.node("#desk-face-text", ToggleButton.class);
    fx(() -> {
      changes.requestFocus();
      return null;
    });
    robot.press(KeyCode.RIGHT);
    assertThat(text.isSelected()).isTrue();
    assertThat(robot.shown("#desk-text")).isTrue();
    assertThat(robot.shown("#desk-diff")).isFalse();
    robot.press(KeyCode.LEFT);
    assertThat(changes.isSelected()).isTrue();
    assertThat(robot.shown("#desk-text")).isFalse();
    assertThat(robot.shown("#desk-diff")).isTrue();

    robot.press(KeyCode.C);
    robot.awaitText("#notice .notice-headline", t -> t.contains("You have claimed"));
    robot.awaitShown("#desk-release");

    robot.type("#desk-comment", "The second half was shortened; compare the numbers.");
    robot.fire("#desk-add-comment");
    robot.awaitText("#desk-comments .label", t -> t.contains("editor"));
    robot.picture("desk-claimed");

    robot.press(KeyCode.A);
    inbox.answer("override", "Shorter on purpose.", "approve-dialog");
    robot.awaitText("#notice .notice-headline", t -> t.contains("is approved"));
    robot.awaitText("#desk-state", t -> t.contains("Override, by editor"));
    robot.awaitShown("#desk-revoke");
    assertThat(robot.button("#desk-resolve").isDisabled()).isTrue();
    assertThat(robot.button("#desk-resolve").getAccessibleHelp()).contains("It is resolved");
    assertThat(robot.button("#desk-rewrite").getAccessibleHelp())
        .contains("Revoke that approval first");
    robot.picture("desk-approved");

    robot.press(KeyCode.SHIFT, KeyCode.X);
    inbox.because("A reader found a mistake.", "revoke-dialog");
    robot.awaitText("#notice .notice-headline", t -> t.contains("is revoked"));
    robot.awaitShown("#desk-approve");
    robot.press(KeyCode.ESCAPE);
    inbox.awaitRows(2);
  }

  @Test
  void aFirstVersionIsShownByItsText() {
    Samples.fill(robot);
    robot.show(folder);
    openDesk(Escalation.Reason.POOR_QUALITY);
    robot.awaitShown("#desk-text .list-cell");
    robot.press(KeyCode.D);
    robot.awaitText("#desk .text-side .label", t -> t.contains("is the only one"));
    robot.picture("desk-first-version");
    String before = robot.label("#desk-title");
    robot.press(KeyCode.K);
    robot.awaitText("#desk-title", t -> !t.isEmpty() && !t.equals(before));
  }

  @Test
  void whatIsNotReadYetAndWhatCannotBeReadIsSaid() {
    Samples.fill(robot);
    robot.show(folder);
    inbox.awaitRows(3);
    robot.glass().hold();
    robot.press(KeyCode.ENTER);
    robot.awaitText("#desk-trouble", "Reading…"::equals);
    assertThat(robot.button("#desk-approve").getAccessibleHelp()).contains("Reading");
    robot.picture("desk-loading");
    robot.glass().shatter();
    robot.awaitText("#desk-trouble", t -> t.startsWith("The escalation can’t be read"));
    robot.picture("desk-error");
    robot.glass().clear();
    robot.awaitText("#desk-badge", t -> !t.isEmpty());
    robot.awaitGone("#desk-trouble");
  }

  @Test
  void whatIsDecidedElsewhereShowsOnTheDeskWithinASecond() {
    Samples.fill(robot);
    robot.show(folder);
    openDesk(Escalation.Reason.POOR_QUALITY);
    Escalation seen =
        robot.engine().review().escalations().list(Escalation.Status.PENDING, 10).stream()
            .map(d -> d.row().escalation())
            .filter(e -> e.reason() == Escalation.Reason.POOR_QUALITY)
            .findFirst()
            .orElseThrow();
    Bench.decided(
        robot
            .engine()
            .review()
            .escalations()
            .resolve(seen.id(), null, Escalation.Outcome.FIXED, "Mended."));
    ConsoleRobot.awaitWithinASecond(() -> robot.label("#desk-state").contains("Fixed, by editor"));
    await().atMost(SOON).until(() -> robot.button("#desk-resolve").isDisabled());
    robot.picture("desk-resolved-elsewhere");
  }

  @Test
  void aRewriteIsAskedForAndTheSuggestionIsOffered() {
    Samples.fill(robot);
    robot.show(folder);
    openDesk(Escalation.Reason.POOR_QUALITY);
    robot.press(KeyCode.R);
    robot.awaitText("#notice .notice-headline", t -> t.contains("is asked for"));
    robot.awaitShown("#desk-suggestion");
    robot.picture("desk-suggestion");
  }
}
