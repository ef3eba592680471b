package dev.imprimatur.fxml;

import dev.imprimatur.engine.review.Version;

/// Texts whose scores are written in them, for the scripted providers.
final class Samples {
  private Samples() {}

  static String text(String heading, String scores) {
    return "# "
        + heading
        + "\n\nFlour, water, salt and time are all that is asked for. What they come to depends on"
        + " how warm the kitchen is, and on how long one is willing to wait.\n\n## What to do"
        + " first\n\nWeigh the flour. A cup holds more or less of it, as it is pressed; a scale does"
        + " not mind.\n\nThen leave it alone for an hour. "
        + scores
        + "\n";
  }

  /// A version that regressed, one that reads like a machine's, one that is poor: three
  /// escalations.
  static void fill(ConsoleRobot robot) {
    robot.evaluate("Bread at home", text("Bread at home", "ai=0.05 aeo=85"));
    robot.evaluate("Bread at home", text("Bread at home, again", "ai=0.22 aeo=66"));
    robot.evaluate("A tent for two", text("A tent for two", "ai=0.81 aeo=71"));
    robot.evaluate("Why the sea has tides", text("Tides", "ai=0.12 aeo=41.5"));
  }

  /// A text that passes.
  static Version good(ConsoleRobot robot, String title) {
    return robot.evaluate(title, text(title, "ai=0.05 aeo=85"));
  }
}
