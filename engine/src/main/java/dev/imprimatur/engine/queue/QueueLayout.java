package dev.imprimatur.engine.queue;

import java.util.Locale;
import java.util.Optional;

/// How the queue stands in the database while consoles of different releases share it (kernel.md
/// §1).
public enum QueueLayout {
  /// One table, keyed by the job's id alone.
  LEGACY,
  /// Both; what is written is written in both.
  DUAL,
  /// Open jobs apart from those that have ended, keyed by workspace and id.
  WORKSPACE;

  /// The name used by commands and the database.
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The layout of this name.
  public static Optional<QueueLayout> of(String code) {
    for (QueueLayout layout : values()) {
      if (layout.code().equals(code)) {
        return Optional.of(layout);
      }
    }
    return Optional.empty();
  }

  /// Whether one step leads from here to there.
  public boolean nextTo(QueueLayout other) {
    return Math.abs(ordinal() - other.ordinal()) == 1;
  }
}
