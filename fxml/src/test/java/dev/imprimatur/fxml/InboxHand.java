package dev.imprimatur.fxml;

import static dev.imprimatur.fxml.ConsoleRobot.SOON;
import static dev.imprimatur.fxml.ConsoleRobot.fx;
import static org.awaitility.Awaitility.await;

import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.engine.review.Escalations;
import dev.imprimatur.fxml.list.Slot;
import java.util.function.Predicate;
import javafx.scene.control.TableView;
import org.testfx.util.WaitForAsyncUtils;

/// The inbox's table, as a hand on the keyboard knows it.
final class InboxHand {
  private final ConsoleRobot robot;

  InboxHand(ConsoleRobot robot) {
    this.robot = robot;
  }

  TableView<Slot<Escalations.Detail>> table() {
    return robot.table("#inbox-table");
  }

  int rows() {
    return fx(() -> table().getItems().size());
  }

  /// Waits until so many are shown and one of them is selected and read.
  void awaitRows(int count) {
    await().atMost(SOON).until(() -> rows() == count);
    if (count > 0) {
      await().atMost(SOON).until(() -> selected() != null);
    }
    WaitForAsyncUtils.waitForFxEvents();
  }

  Escalations.Detail selected() {
    return fx(() -> {
      Slot<Escalations.Detail> slot = table().getSelectionModel().getSelectedItem();
      return slot == null ? null : slot.row();
    });
  }

  void awaitSelected(Predicate<Escalations.Detail> condition) {
    await()
        .atMost(SOON)
        .until(() -> {
          Escalations.Detail detail = selected();
          return detail != null && condition.test(detail);
        });
  }

  /// Goes down the list until one of this reason is selected.
  Escalations.Detail select(Escalation.Reason reason) {
    fx(() -> {
      TableView<Slot<Escalations.Detail>> table = table();
      for (int i = 0; i < table.getItems().size(); i++) {
        Escalations.Detail row = table.getItems().get(i).row();
        if (row != null && row.row().escalation().reason() == reason) {
          table.getSelectionModel().clearAndSelect(i);
        }
      }
      table.requestFocus();
      return null;
    });
    awaitSelected(d -> d.row().escalation().reason() == reason);
    return selected();
  }

  /// Answers the open question how an escalation is decided.
  void answer(String outcome, String reason, String picture) {
    robot.awaitShown("#outcome-" + outcome);
    robot.fire("#outcome-" + outcome);
    robot.type("#decision-reason", reason);
    robot.dialogPicture(picture);
    robot.confirm();
  }

  /// Answers the open question why.
  void because(String reason, String picture) {
    robot.awaitShown("#decision-reason");
    robot.type("#decision-reason", reason);
    robot.dialogPicture(picture);
    robot.confirm();
  }
}
