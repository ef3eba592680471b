package dev.imprimatur.fxml.task;

/// What happens to a failure that nobody expected. Called on the FX thread.
@FunctionalInterface
public interface FailureHandler {
  /// Tells of it.
  ///
  /// @param name what was being done
  void failed(String name, Throwable failure);
}
