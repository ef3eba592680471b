package dev.imprimatur.app.wiring;

/// How log lines are written.
public enum LogFormat {
  /// For people.
  TEXT,
  /// For programs: one JSON object per line.
  JSON
}
