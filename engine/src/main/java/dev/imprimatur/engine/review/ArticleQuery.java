package dev.imprimatur.engine.review;

/// Which articles a list shows, and in what order.
///
/// @param search words that must all stand in the title, whatever their case; may be blank
/// @param descending whether the order is reversed
public record ArticleQuery(Show show, String search, Sort sort, boolean descending) {

  /// All of them, the newest first.
  public static final ArticleQuery NEWEST = new ArticleQuery(Show.ALL, "", Sort.IMPORTED, true);

  /// Which.
  public enum Show {
    ALL,
    /// With an approval in force, stale or not.
    APPROVED,
    /// With an approval in force that no longer rests on what there is; see [ArticleRow.Stale].
    STALE,
    /// With an escalation that waits for a reviewer.
    ESCALATED,
    /// Whose latest version has no scores: never evaluated, under way for the first time, or
    /// failed.
    NOT_EVALUATED
  }

  /// By what. Scores are those of the latest version's last run that ended; those that are equal
  /// stand newest first, those without a value last.
  public enum Sort {
    TITLE,
    VERSIONS,
    IMPORTED,
    AI_DETECTOR_AVG,
    AEO_AVG
  }
}
