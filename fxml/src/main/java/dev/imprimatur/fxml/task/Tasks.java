package dev.imprimatur.fxml.task;

import java.util.concurrent.Callable;

/// Runs calls away from the FX thread.
public interface Tasks {
  /// Starts a call that somebody waits for; the status bar names it while it runs.
  ///
  /// @param name what is being done, for people
  <T> FxTask<T> run(String name, Callable<T> call);

  /// Starts a call that takes its time: the status bar shows how far it has come and offers to stop
  /// it.
  ///
  /// @param name what is being done, for people
  <T> FxTask<T> runLong(String name, LongCall<T> call);

  /// Starts a call that nobody waits for, such as a look whether something has changed.
  ///
  /// @param name what is being done, for people
  <T> FxTask<T> runQuietly(String name, Callable<T> call);

  /// A call that says how far it has come and ends early when asked to.
  @FunctionalInterface
  interface LongCall<T> {
    T call(Progress progress) throws Exception;
  }
}
