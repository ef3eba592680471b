package dev.imprimatur.fxml;

import dev.imprimatur.persistence.Database;
import dev.imprimatur.persistence.DatabaseConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.scene.input.KeyCode;

/// A console in a process of its own: opens the question how the one escalation is decided, says
/// so, waits until it is told to go on, answers, and writes down what the window told then.
final class ConsoleChild {
  private ConsoleChild() {}

  public static void main(String[] args) throws Exception {
    var config = new DatabaseConfig(args[0], args[1], "secret", args[1], 8);
    Path folder = Path.of(args[2]);
    try (var robot = ConsoleRobot.over(null, Database.open(config), args[1])) {
      var inbox = new InboxHand(robot);
      robot.show(folder);
      inbox.awaitRows(1);
      robot.press(KeyCode.E);
      robot.awaitShown("#decision-reason");
      Files.writeString(folder.resolve("asked"), "");
      while (!Files.exists(folder.resolve("go-on"))) {
        Thread.sleep(20);
      }
      inbox.answer("override", "It is fine.", "two-consoles-question");
      robot.awaitShown("#notice .notice-side");
      robot.picture("two-consoles-conflict");
      Files.writeString(folder.resolve("told"), String.join("\n", robot.texts("#notice .label")));
    }
    System.exit(0);
  }
}
