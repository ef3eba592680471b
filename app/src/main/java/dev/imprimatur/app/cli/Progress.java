package dev.imprimatur.app.cli;

import dev.imprimatur.app.wiring.Surroundings;
import java.io.PrintStream;

/// A bar on standard error, drawn only where that is a terminal.
final class Progress implements AutoCloseable {
  private static final int WIDTH = 30;

  private final PrintStream err;
  private final boolean shown;
  private final int total;
  private int last = -1;

  Progress(Surroundings around, int total) {
    this.err = around.err();
    this.shown = around.progress() && total > 0;
    this.total = total;
  }

  void at(int done) {
    if (!shown || done == last) {
      return;
    }
    last = done;
    int filled = WIDTH * done / total;
    err.print(
        "\r["
            + "#".repeat(filled)
            + ".".repeat(WIDTH - filled)
            + "] "
            + done
            + " of "
            + total
            + " evaluated");
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
