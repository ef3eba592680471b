package dev.imprimatur.fxml;

import static dev.imprimatur.fxml.ConsoleRobot.SOON;
import static dev.imprimatur.fxml.ConsoleRobot.fx;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.Random;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two versions of 200 KB opened on the desk, compared and scrolled through; how long the FX thread
/// is busy with any one thing is reported, and held to a limit where one is given (see [FxWatch]).
class LongTextTest {
  private static final int SIZE = 200_000;
  private static final String[] WORDS =
      "the of a to in is it that was for on are as with they at be this have from or one had by word but not"
          .split(" ");

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

  /// A text of paragraphs; with `changed` about one word in twenty is another.
  private static String text(boolean changed, String scores) {
    var random = new Random(7);
    var other = new Random(8);
    var text = new StringBuilder("# A long article\n\n");
    while (text.length() < SIZE) {
      for (int i = 0; i < 90; i++) {
        String word = WORDS[random.nextInt(WORDS.length)];
        text.append(changed && other.nextInt(20) == 0 ? "changed" : word).append(' ');
      }
      text.append("\n\n");
    }
    return text + scores + "\n";
  }

  @Test
  void twoLongVersionsAreComparedAndScrolled() {
    robot.evaluate("Long", text(false, "ai=0.05 aeo=85"));
    robot.evaluate("Long", text(true, "ai=0.40 aeo=66"));
    robot.show(folder);
    var inbox = new InboxHand(robot);
    await().atMost(SOON).until(() -> inbox.rows() > 0);
    inbox.awaitSelected(d -> true);
    try (FxWatch watch = FxWatch.start()) {
      robot.press(KeyCode.ENTER);
      robot.awaitShown("#desk-diff .diff-list .diff-cell");
      watch.report("opened and compared", true);
      robot.press(KeyCode.N);
      robot.press(KeyCode.N);
      robot.press(KeyCode.P);
      watch.report("from change to change", true);
      var rows = robot.node("#desk-diff .diff-list", ListView.class);
      for (int i = 0; i < 60; i++) {
        int to = i * 40;
        fx(() -> {
          rows.scrollTo(to);
          return null;
        });
      }
      watch.report("scrolled through the comparison", true);
      robot.press(KeyCode.T);
      var paragraphs = robot.node("#desk-text", ListView.class);
      for (int i = 0; i < 40; i++) {
        int to = i * 10;
        fx(() -> {
          paragraphs.scrollTo(to);
          return null;
        });
      }
      watch.report("scrolled through the text", true);
    }
  }
}
