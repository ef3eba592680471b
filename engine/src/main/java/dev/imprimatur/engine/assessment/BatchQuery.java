package dev.imprimatur.engine.assessment;

/// Which batches a list shows, newest first.
///
/// @param search words that must all stand in the name, whatever their case; may be blank
public record BatchQuery(Show show, String search) {
  /// All of them.
  public static final BatchQuery ALL = new BatchQuery(Show.ALL, "");

  /// Which.
  public enum Show {
    ALL,
    /// Those that have not ended.
    OPEN,
    /// Those that have, in whichever way.
    ENDED
  }
}
