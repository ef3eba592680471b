package dev.imprimatur.fxml.start;

import dev.imprimatur.engine.store.ConnectionReport;

/// What opening a database came to.
public sealed interface Opening {
  /// It is open.
  record Opened(OpenDatabase database) implements Opening {}

  /// It can't be worked with, for a reason that is known.
  record Blocked(ConnectionReport.Blocked report) implements Opening {}

  /// It could not be opened.
  ///
  /// @param message what happened to what, and what to do
  /// @param details for whoever has to mend it; without a password
  record Failed(String message, String details) implements Opening {}

  /// It was called off; nothing is open.
  record Cancelled() implements Opening {}
}
