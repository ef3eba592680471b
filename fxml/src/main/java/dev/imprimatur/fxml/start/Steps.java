package dev.imprimatur.fxml.start;

import java.util.Locale;

/// How far an opening has come, and whether somebody wants it to end. Used by whoever opens, on any
/// thread.
public interface Steps {
  /// What is being done.
  enum Step {
    CONNECTING,
    OPENING,
    SAMPLES;

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Says what is being done.
  ///
  /// @param total 0 if it is not known
  void at(Step step, long done, long total);

  /// Whether it should end, with nothing left open.
  boolean cancelled();
}
