package dev.imprimatur.fxml.task;

import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Failures on the FX thread that nothing caught: told like any other. While the process is ending,
/// JavaFX stops drawing before it stops changing what is drawn; what fails then concerns nobody.
public final class UncaughtFailures implements Thread.UncaughtExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(UncaughtFailures.class);

  /// What fails in drawing may fail again with each frame.
  private static final int MOST = 20;

  private final String name;
  private final FailureHandler failures;
  private final BooleanSupplier ending;
  private int told;

  /// @param name what was being done, for people
  /// @param failures told of the first twenty
  /// @param ending whether the process is
  public UncaughtFailures(String name, FailureHandler failures, BooleanSupplier ending) {
    this.name = name;
    this.failures = failures;
    this.ending = ending;
  }

  @Override
  public void uncaughtException(Thread thread, Throwable failure) {
    if (ending.getAsBoolean()) {
      LOG.debug("while the process is ending", failure);
      return;
    }
    if (told == MOST) {
      LOG.debug("one more failure in the window", failure);
      return;
    }
    told++;
    LOG.error("a failure in the window that nothing caught", failure);
    failures.failed(name, failure);
  }
}
