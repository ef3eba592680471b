package dev.imprimatur.fxml;

import static dev.imprimatur.fxml.ConsoleRobot.SOON;
import static dev.imprimatur.fxml.ConsoleRobot.fx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imprimatur.fxml.dialog.Dialogs;
import dev.imprimatur.fxml.memory.Remembered;
import dev.imprimatur.fxml.view.Texts;
import dev.imprimatur.fxml.view.Theme;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What stands around the screens.
class ShellTest {
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

  @Test
  void theThemeIsSwitchedAndRemembered() {
    robot.show(folder);
    assertThat(robot.texts("#theme-switch")).containsExactly("Theme: as the system");
    robot.fire("#theme-switch");
    assertThat(robot.texts("#theme-switch")).containsExactly("Theme: light");
    robot.fire("#theme-switch");
    assertThat(robot.texts("#theme-switch")).containsExactly("Theme: dark");
    await()
        .atMost(SOON)
        .until(() -> new Remembered(folder.resolve("console.properties")).theme() == Theme.DARK);
    robot.fire("#theme-switch");
  }

  @Test
  void theWindowComesBackAsItWas() {
    robot.show(folder);
    fx(() -> {
      robot.stage().setWidth(940);
      robot.stage().setX(33);
      return null;
    });
    robot.closeWindow();
    robot.reopen(folder);
    assertThat(robot.stage().getWidth()).isEqualTo(940);
    assertThat(robot.stage().getX()).isEqualTo(33);
  }

  @Test
  void controlAndADigitLeadToARoom() {
    robot.show(folder);
    robot.awaitShown("#inbox-blank");
    robot.press(KeyCode.CONTROL, KeyCode.DIGIT2);
    robot.awaitShown("#articles-search");
    robot.press(KeyCode.CONTROL, KeyCode.DIGIT1);
    robot.awaitShown("#inbox-blank");
  }

  @Test
  void whatGoesWrongIsShownOnceWithDetailsToCopy() {
    robot.show(folder);
    var style = Console.class.getResource("imprimatur.css");
    fx(() -> {
      var dialogs = new Dialogs(Texts.standard(), style, ZonedDateTime::now);
      dialogs.over(robot.stage());
      dialogs.failure("Reading the inbox", new IllegalStateException("no connection"));
      return null;
    });
    robot.awaitShown(".dialog-pane");
    assertThat(robot.texts(".dialog-pane .label")).anyMatch(t -> t.contains("no connection"));
    assertThat(robot.texts(".dialog-pane .button")).contains("Copy details");
    robot.dialogPicture("failure");
  }
}
