package dev.imprimatur.engine.review;

/// Which suggestions a list shows, and in what order.
///
/// @param search words that must all stand in the article's title, whatever their case; may be
///   blank
/// @param oldestFirst otherwise the newest come first
public record SuggestionQuery(Show show, String search, boolean oldestFirst) {

  /// What waits for a reviewer, newest first.
  public static final SuggestionQuery PENDING = new SuggestionQuery(Show.PENDING, "", false);

  /// Which.
  public enum Show {
    PENDING,
    /// Accepted or rejected.
    DECIDED,
    ALL
  }
}
