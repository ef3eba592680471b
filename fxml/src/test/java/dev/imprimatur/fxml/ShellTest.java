package dev.imprimatur.fxml;

import static dev.imprimatur.fxml.ConsoleRobot.SOON;
import static dev.imprimatur.fxml.ConsoleRobot.fx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imprimatur.fxml.memory.Remembered;
import dev.imprimatur.fxml.view.Theme;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Window;
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
  void theArrowsMoveAmongTheRoomsAndOpenNone() {
    robot.show(folder);
    robot.awaitShown("#inbox-blank");
    robot.fire("#nav-articles");
    robot.awaitShown("#articles-search");
    fx(() -> {
      robot.stage().getScene().lookup("#nav-articles").requestFocus();
      return null;
    });
    robot.press(KeyCode.DOWN);
    await().atMost(SOON).until(() -> focused() instanceof ToggleButton next && !next.isSelected());
    robot.press(KeyCode.UP);
    await().atMost(SOON).until(() -> "nav-articles".equals(focused().getId()));
    robot.press(KeyCode.DOWN);
    await().atMost(SOON).until(() -> focused() instanceof ToggleButton next && !next.isSelected());
    assertThat(marked()).containsExactly("nav-articles");
    robot.press(KeyCode.SPACE);
    await().atMost(SOON).until(() -> !robot.shown("#articles-search"));
    assertThat(marked()).hasSize(1).doesNotContain("nav-articles");
    String opened = marked().getFirst();
    robot.press(KeyCode.UP);
    await().atMost(SOON).until(() -> "nav-articles".equals(focused().getId()));
    assertThat(marked()).containsExactly(opened);
    robot.press(KeyCode.ENTER);
    robot.awaitShown("#articles-search");
    assertThat(marked()).containsExactly("nav-articles");
  }

  private Node focused() {
    return fx(() -> robot.stage().getScene().getFocusOwner());
  }

  private List<String> marked() {
    return fx(() ->
        robot.stage().getScene().getRoot().lookupAll(".nav-item").stream()
            .filter(item -> item instanceof ToggleButton toggle && toggle.isSelected())
            .map(Node::getId)
            .toList());
  }

  @Test
  void whatGoesWrongInTheBackgroundIsShownOnceWithDetailsToCopy() {
    Samples.fill(robot);
    robot.show(folder);
    var inbox = new InboxHand(robot);
    inbox.awaitRows(3);
    robot.glass().shatter();
    // One after the other: of two at once either may fail first.
    fail(inbox, KeyCode.C);
    robot.awaitText(".dialog-pane .label", t -> t.endsWith("” failed"));
    fail(inbox, KeyCode.R);
    robot.awaitText(".dialog-pane .label", t -> t.endsWith("” failed (and one more)"));
    assertThat(robot.texts(".dialog-pane .label"))
        .anyMatch(t -> t.startsWith("“Claim, “"))
        .anyMatch(t -> t.contains("the server closed the connection"));
    robot.dialogPicture("failure");
    robot.fire("#failure-copy");
    String copied = fx(() -> Clipboard.getSystemClipboard().getString());
    assertThat(copied).contains("Claim, “", "StoreException$Unavailable", "EscalationActions");
    assertThat(fx(() -> Window.getWindows().stream().filter(Window::isShowing).count()))
        .isEqualTo(2);
  }

  private static void fail(InboxHand inbox, KeyCode code) {
    fx(() -> {
      inbox.table().fireEvent(key(code));
      return null;
    });
  }

  private static KeyEvent key(KeyCode code) {
    return new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, false, false, false);
  }
}
