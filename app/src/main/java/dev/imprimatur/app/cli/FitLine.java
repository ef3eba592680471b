package dev.imprimatur.app.cli;

import dev.imprimatur.engine.assessment.scale.FitProgress;
import java.io.PrintStream;

/// A line on standard error that says how far a fit is, only where that is a terminal, and only
/// once it has taken a while. It stops the fit after Ctrl-C.
final class FitLine implements FitProgress, AutoCloseable {
  private static final int WIDTH = 60;
  private static final long PATIENCE = 500_000_000L;

  private final Context context;
  private final long began = System.nanoTime();
  private String shown = "";

  FitLine(Context context) {
    this.context = context;
  }

  /// Hears how many lines of the file were read.
  boolean reading(long lines) {
    return show("reading: " + lines + " lines");
  }

  @Override
  public boolean proceed(Stage stage, int done, int total) {
    return show(
        switch (stage) {
          case SCORES -> "scores: step " + done;
          case STANDARD_ERRORS ->
              "standard errors" + (total == 0 ? "" : ": " + done + " of " + total);
        });
  }

  private boolean show(String line) {
    if (context.around().progress()
        && !line.equals(shown)
        && System.nanoTime() - began > PATIENCE) {
      shown = line;
      PrintStream err = context.around().err();
      err.print("\r" + line + " ".repeat(Math.max(0, WIDTH - line.length())));
      err.flush();
    }
    return !context.interrupts().requested();
  }

  @Override
  public void close() {
    if (!shown.isEmpty()) {
      shown = "";
      context.around().err().print("\r" + " ".repeat(WIDTH) + "\r");
      context.around().err().flush();
    }
  }
}
