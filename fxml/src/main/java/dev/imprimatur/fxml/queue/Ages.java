package dev.imprimatur.fxml.queue;

import dev.imprimatur.fxml.view.Texts;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How long ago, in the figures that matter, from seconds on.
final class Ages {
  private Ages() {}

  static String of(@Nullable Duration age, Texts texts) {
    if (age == null) {
      return "–";
    }
    long seconds = age.toSeconds();
    return seconds < 60
        ? texts.get("queue.age.seconds", seconds)
        : seconds < 3600
            ? texts.get("queue.age.minutes", seconds / 60, seconds % 60)
            : seconds < 86_400
                ? texts.get("queue.age.hours", seconds / 3600, seconds / 60 % 60)
                : texts.get("queue.age.days", seconds / 86_400, seconds / 3600 % 24);
  }
}
