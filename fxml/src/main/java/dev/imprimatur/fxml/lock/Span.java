package dev.imprimatur.fxml.lock;

/// Over how long waiting is looked at.
enum Span {
  /// Hour by hour.
  DAY(24),
  /// By the hour of the day.
  WEEK(168);

  private final int hours;

  Span(int hours) {
    this.hours = hours;
  }

  int hours() {
    return hours;
  }
}
