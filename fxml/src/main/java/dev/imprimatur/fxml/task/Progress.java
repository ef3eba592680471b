package dev.imprimatur.fxml.task;

/// How far a long call has come, and whether somebody wants it to stop. Used by the call, away from
/// the FX thread.
public interface Progress {
  /// Says how much is done.
  ///
  /// @param total 0 if it is not known
  void at(long done, long total);

  /// Whether the call should end early, with what it has.
  boolean cancelled();

  /// Whether it should end early only because the window leaves, so that nobody watches any longer:
  /// then [#cancelled] is true as well, but nobody called anything off, and what the call has begun
  /// elsewhere goes on.
  boolean leaving();
}
