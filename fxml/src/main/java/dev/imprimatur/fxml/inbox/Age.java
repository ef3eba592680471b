package dev.imprimatur.fxml.inbox;

import dev.imprimatur.fxml.view.Texts;
import java.time.Duration;

/// How long something has waited, in the two figures that matter.
final class Age {
  private Age() {}

  static String of(Duration age, Texts texts) {
    // Two clocks may differ a little; nothing is raised in the future.
    long minutes = Math.max(0, age.toMinutes());
    if (minutes < 1) {
      return texts.get("age.now");
    }
    if (minutes < 60) {
      return texts.get("age.minutes", minutes);
    }
    long hours = minutes / 60;
    return hours < 24
        ? texts.get("age.hours", hours, minutes % 60)
        : texts.get("age.days", hours / 24, hours % 24);
  }
}
