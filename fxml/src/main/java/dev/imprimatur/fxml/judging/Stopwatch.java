package dev.imprimatur.fxml.judging;

import java.util.function.LongSupplier;

/// Measures how long a pair is looked at: from when it is shown until it is decided, without the
/// time in which nobody can see it because another window, or another screen, is in front.
final class Stopwatch {
  private static final long MILLI = 1_000_000;

  private final LongSupplier nanos;
  private long seen;
  private long since;
  private boolean running;
  private boolean away;

  /// @param nanos a clock for lengths, such as `System::nanoTime`
  Stopwatch(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /// Begins anew.
  void start() {
    seen = 0;
    running = true;
    since = nanos.getAsLong();
  }

  /// Whether the window is out of sight.
  void away(boolean now) {
    if (now == away) {
      return;
    }
    if (now && running) {
      seen += nanos.getAsLong() - since;
    }
    away = now;
    since = nanos.getAsLong();
  }

  /// How long it has been seen, in milliseconds.
  long millis() {
    return (seen + (running && !away ? nanos.getAsLong() - since : 0)) / MILLI;
  }
}
