package dev.imprimatur.app.cli;

import dev.imprimatur.app.wiring.Surroundings;
import java.io.PrintStream;

/// A bar on standard error, drawn only where that is a terminal.
final class Progress implements AutoCloseable {
  private static final int WIDTH = 30;

  private final PrintStream err;
  private final boolean shown;
  private final long total;
  private final String done;
  private long last = -1;

  /// @param done what is done to each, such as `evaluated`
  Progress(Surroundings around, long total, String done) {
    this.err = around.err();
    this.shown = around.progress() && total > 0;
    this.total = total;
    this.done = done;
  }

  /// @param number how many are done
  void at(long number) {
    if (!shown || number == last) {
      return;
    }
    last = number;
    int filled = (int) (WIDTH * Math.min(number, total) / total);
    err.print(
        "\r["
            + "#".repeat(filled)
            + ".".repeat(WIDTH - filled)
            + "] "
            + number
            + " of "
            + total
            + " "
            + done);
    err.flush();
  }

  @Override
  public void close() {
    if (shown && last >= 0) {
      err.print("\r" + " ".repeat(WIDTH + 40) + "\r");
      err.flush();
    }
  }
}
