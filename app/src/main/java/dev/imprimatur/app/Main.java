package dev.imprimatur.app;

import dev.imprimatur.app.cli.Cli;
import dev.imprimatur.app.wiring.Interrupts;
import dev.imprimatur.app.wiring.Surroundings;

/// Starts the process.
public final class Main {
  private Main() {}

  /// Runs one command and ends with its exit status.
  public static void main(String[] args) {
    var interrupts = new Interrupts();
    interrupts.listen();
    int status = 1;
    try {
      status = new Cli(Surroundings.ofProcess(), interrupts).run(args);
    } finally {
      interrupts.finished();
    }
    System.exit(status);
  }
}
