package dev.imprimatur.app.cli;

/// How a command ends.
final class ExitStatus {
  static final int DONE = 0;

  /// The work found something wrong: a refusal, a broken chain, a failed run.
  static final int WRONG = 1;

  /// Bad usage or input.
  static final int INPUT = 2;

  /// Database or provider out of reach.
  static final int OUT_OF_REACH = 3;

  static final int INTERRUPTED = 130;

  private ExitStatus() {}
}
