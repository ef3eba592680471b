package dev.imprimatur.engine.tour;

/// Which tours a list shows, those that were changed last first.
///
/// @param search words that must all stand in identifier or site, whatever their case; may be blank
public record TourQuery(Show show, String search) {
  /// All of them.
  public static final TourQuery ALL = new TourQuery(Show.ALL, "");

  /// Which.
  public enum Show {
    /// Those that have not ended.
    OPEN,
    /// Those whose time is over and that have not ended.
    OVERDUE,
    /// Those that have ended.
    ENDED,
    ALL
  }
}
