package dev.imprimatur.fxml.task;

import java.util.concurrent.Callable;

/// Runs calls away from the FX thread.
public interface Tasks {
  /// Starts a call that somebody waits for; the status bar names it while it runs.
  ///
  /// @param name what is being done, for people
  <T> FxTask<T> run(String name, Callable<T> call);

  /// Starts a call that nobody asked for, such as looking again; the status bar keeps quiet.
  <T> FxTask<T> runQuietly(String name, Callable<T> call);
}
