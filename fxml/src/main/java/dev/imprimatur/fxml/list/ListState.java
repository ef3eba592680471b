package dev.imprimatur.fxml.list;

/// What there is to show of a list.
public enum ListState {
  LOADING,
  READY,
  /// There is nothing at all.
  EMPTY,
  /// There is nothing that is asked for.
  NO_MATCH,
  /// Nothing was ever read. What was read stays in sight though the database does not answer.
  FAILED
}
