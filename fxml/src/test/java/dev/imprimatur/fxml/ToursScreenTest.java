package dev.imprimatur.fxml;

import static dev.imprimatur.fxml.ConsoleRobot.SOON;
import static dev.imprimatur.fxml.ConsoleRobot.fx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imprimatur.engine.tour.Checkpoint;
import dev.imprimatur.engine.tour.CheckpointChange;
import dev.imprimatur.engine.tour.CheckpointField;
import dev.imprimatur.engine.tour.NewTour;
import dev.imprimatur.engine.tour.Tour;
import dev.imprimatur.engine.tour.TourOutcome;
import dev.imprimatur.engine.tour.TourStatus;
import dev.imprimatur.engine.tour.TourType;
import dev.imprimatur.engine.tour.Tours;
import dev.imprimatur.fxml.list.Slot;
import dev.imprimatur.persistence.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tours in the window, by the keyboard: a tour from its start to its end, who comes between, and
/// what can't be done and why. Pictures of what is seen are left in `target/screens`.
class ToursScreenTest {
  @TempDir Path folder;
  private ConsoleRobot robot;

  private void open() {
    robot = ConsoleRobot.on(TestDatabase.migrated(TestDatabase.Kind.H2));
  }

  @AfterEach
  void close() {
    robot.close();
  }

  private Tours tours() {
    return robot.engine().tours();
  }

  private Tour make(String name, String site, @Nullable Duration left) {
    Instant now = robot.bench().database().people().inTransaction(tx -> tx.now());
    return tours()
        .make(
            new NewTour(
                name,
                site,
                TourType.SCHEDULE,
                left == null ? null : now.plus(left),
                List.of(
                    new NewTour.Point("Main door", true),
                    new NewTour.Point("Loading bay", true),
                    new NewTour.Point("Yard", false))))
        .tour();
  }

  private List<Checkpoint> checkpoints(UUID tour) {
    return tours().view(tour).orElseThrow().checkpoints();
  }

  private void change(Checkpoint seen, CheckpointField field, String value) {
    assertThat(
            tours()
                .updateCheckpoint(
                    new CheckpointChange(seen.id(), seen.revision(), Map.of(field, value))))
        .isInstanceOf(TourOutcome.Done.class);
  }

  private void awaitRows(int count) {
    TableView<Slot<Tour>> table = robot.table("#tours-table");
    await("so many tours")
        .atMost(SOON)
        .until(() ->
            fx(() ->
                table.getItems().size() == count
                    && table.getItems().stream().allMatch(s -> s.row() != null)));
  }

  private void awaitProgress(String part) {
    robot.awaitText("#tours-progress", text -> text.contains(part));
  }

  private void select(Tour tour) {
    fx(() -> {
      TableView<Slot<Tour>> table = robot.table("#tours-table");
      table.requestFocus();
      for (int i = 0; i < table.getItems().size(); i++) {
        if (table.getItems().get(i).id().equals(tour.id())) {
          table.getSelectionModel().clearAndSelect(i);
        }
      }
      return null;
    });
    robot.awaitText("#tours-name", tour.identifier()::equals);
  }

  private void awaitOpen(String button) {
    await(button + " can be pressed").atMost(SOON).until(() -> !robot.button(button).isDisabled());
  }

  private void selectPoint(int place) {
    fx(() -> {
      TableView<Checkpoint> points = robot.table("#tours-checkpoints");
      points.requestFocus();
      points.getSelectionModel().clearAndSelect(place);
      return null;
    });
  }

  private void choose(TourStatus status) {
    ComboBox<TourStatus> box = robot.combo("#tours-edit-status");
    fx(() -> {
      box.setValue(status);
      return null;
    });
  }

  @Test
  void aTourGoesFromItsStartToItsEnd() {
    open();
    robot.show(folder);
    robot.fire("#nav-tours");
    robot.awaitText("#tours-blank .blank-head", "No tour is open"::equals);
    robot.picture("tours-none");
    robot.fire("#tours-show-overdue");
    robot.awaitText("#tours-blank .blank-head", "No tour is overdue"::equals);
    robot.picture("tours-none-overdue");
    robot.fire("#tours-show-ended");
    robot.awaitText("#tours-blank .blank-head", "No tour has ended"::equals);
    robot.fire("#tours-show-open");

    Tour night = make("Night round", "North Gate", Duration.ofHours(3));
    Tour overdue = make("Morning round", "Plant 2", Duration.ofHours(-1));
    make("Fire extinguishers", "All sites", null);
    awaitRows(3);
    select(overdue);
    robot.awaitText("#tours-mark", "Assigned, overdue"::equals);
    robot.picture("tours-overdue");
    select(night);
    awaitProgress("0 of 3 done; 2 mandatory ones are open");
    assertThat(robot.button("#tours-to-completed").getAccessibleHelp())
        .contains("no step from Assigned to Completed");
    robot.awaitText("#tours-why", text -> text.contains("It has not expired"));

    // Starting asks for a scan.
    awaitOpen("#tours-to-inprogress");
    robot.press(KeyCode.S);
    robot.awaitShown("#tours-scan");
    robot.type("#tours-scan", "GATE-0017");
    robot.dialogPicture("tours-scan");
    robot.confirm();
    robot.awaitText("#notice .label", "“Night round” is now: In progress."::equals);
    robot.awaitText("#notice .label", t -> t.startsWith("Read again after the commit"));
    robot.awaitText("#tours-mark", "In progress"::equals);
    assertThat(robot.button("#tours-to-completed").getAccessibleHelp())
        .contains("2 mandatory checkpoints are open");

    // A checkpoint, by the keyboard.
    robot.press(KeyCode.ENTER);
    selectPoint(0);
    robot.press(KeyCode.E);
    robot.awaitShown("#tours-edit-status");
    choose(TourStatus.COMPLETED);
    robot.type("#tours-edit-reading", "21 °C");
    robot.dialogPicture("tours-edit");
    robot.confirm();
    robot.awaitText("#notice .label", "“Main door” is changed."::equals);
    awaitProgress("1 of 3 done; 1 mandatory one is open");
    robot.picture("tours-under-way");

    // What a device in the field writes meanwhile is seen by itself.
    change(checkpoints(night.id()).get(1), CheckpointField.STATUS, "COMPLETED");
    awaitProgress("2 of 3 done; no mandatory one is open");
    awaitOpen("#tours-to-completed");
    robot.fire("#tours-to-completed");
    robot.awaitText("#notice .label", "“Night round” is now: Completed."::equals);
    awaitRows(2);
    robot.fire("#tours-show-ended");
    awaitRows(1);
    select(night);
    robot.awaitText("#tours-why", text -> text.startsWith("It has ended"));
    assertThat(robot.button("#tours-edit").isDisabled()).isTrue();
    robot.picture("tours-ended");
    fx(() -> {
      robot.node("#tours-tabs", javafx.scene.control.TabPane.class).getSelectionModel().select(1);
      return null;
    });
    robot.awaitText(
        "#tours-history .moment-what", text -> text.contains("In progress → Completed"));
    robot.picture("tours-history");
    assertThat(tours().find(night.id()).orElseThrow().status()).isEqualTo(TourStatus.COMPLETED);
  }

  @Test
  void whoChangedTheSameMeanwhileIsShownBesideAndOneOfTheTwoIsChosen() {
    open();
    Tour night = make("Night round", "North Gate", Duration.ofHours(3));
    robot.show(folder);
    robot.fire("#nav-tours");
    awaitRows(1);
    robot.awaitText("#tours-name", "Night round"::equals);
    selectPoint(0);
    awaitOpen("#tours-edit");
    robot.press(KeyCode.E);
    robot.awaitShown("#tours-edit-remark");
    robot.type("#tours-edit-reading", "21 °C");
    robot.type("#tours-edit-remark", "All is well.");
    Checkpoint seen = checkpoints(night.id()).getFirst();
    change(seen, CheckpointField.REMARK, "The lock is broken.");
    change(seen, CheckpointField.SCAN, "D-1");
    robot.confirm();
    robot.awaitShown("#tours-theirs-remark");
    robot.awaitText("#tours-theirs-remark", t -> t.contains("The lock is broken."));
    robot.awaitText("#tours-mine-remark", t -> t.contains("All is well."));
    robot.dialogPicture("tours-conflict");
    assertThat(checkpoints(night.id()).getFirst().value(CheckpointField.READING)).isEmpty();
    robot.fire("#tours-theirs-remark");
    robot.confirm();
    robot.awaitText("#notice .label", "“Main door” is changed."::equals);
    assertThat(checkpoints(night.id()).getFirst().values())
        .containsAllEntriesOf(
            Map.of(
                CheckpointField.REMARK,
                "The lock is broken.",
                CheckpointField.READING,
                "21 °C",
                CheckpointField.SCAN,
                "D-1"));
  }

  @Test
  void whatWasTypedStaysWhereItCantBeWritten() {
    open();
    Tour night = make("Night round", "North Gate", Duration.ofHours(3));
    // As a device may leave it: blanks at the edges, and line ends of its own.
    Checkpoint seen = checkpoints(night.id()).getFirst();
    change(seen, CheckpointField.READING, " 21 °C ");
    change(checkpoints(night.id()).getFirst(), CheckpointField.REMARK, "one\r\ntwo\r\n");
    robot.show(folder);
    robot.fire("#nav-tours");
    awaitRows(1);
    robot.awaitText("#tours-name", "Night round"::equals);

    awaitOpen("#tours-to-inprogress");
    robot.press(KeyCode.S);
    robot.awaitShown("#tours-scan");
    robot.type("#tours-scan", "GATE-0017");
    robot.glass().shatter();
    robot.confirm();
    robot.awaitShown("#tours-not-written");
    robot.glass().clear();
    assertThat(robot.node("#tours-scan", TextField.class).getText()).isEqualTo("GATE-0017");
    robot.dialogPicture("tours-scan-kept");
    robot.confirm();
    robot.awaitText("#notice .label", "“Night round” is now: In progress."::equals);

    selectPoint(0);
    awaitOpen("#tours-edit");
    robot.press(KeyCode.E);
    robot.awaitShown("#tours-edit-scan");
    robot.type("#tours-edit-scan", "D-1");
    robot.glass().shatter();
    robot.confirm();
    robot.awaitShown("#tours-not-written");
    robot.glass().clear();
    assertThat(robot.node("#tours-edit-scan", TextField.class).getText()).isEqualTo("D-1");
    robot.dialogPicture("tours-edit-kept");
    robot.confirm();
    robot.awaitText("#notice .label", "“Main door” is changed."::equals);
    // What was only shown was not written.
    assertThat(checkpoints(night.id()).getFirst().values())
        .containsAllEntriesOf(
            Map.of(
                CheckpointField.SCAN,
                "D-1",
                CheckpointField.READING,
                " 21 °C ",
                CheckpointField.REMARK,
                "one\r\ntwo\r\n"));
  }

  @Test
  void whatCantBeReadSaysSo() {
    open();
    robot.show(folder);
    robot.glass().shatter();
    robot.fire("#nav-tours");
    robot.awaitText("#tours-blank .blank-head", "The tours can’t be read"::equals);
    robot.picture("tours-unreadable");
    robot.glass().clear();
    robot.fire("#nav-inbox");
    robot.fire("#nav-tours");
    robot.awaitText("#tours-blank .blank-head", "No tour is open"::equals);
  }
}
