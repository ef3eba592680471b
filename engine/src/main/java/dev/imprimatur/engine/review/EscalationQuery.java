package dev.imprimatur.engine.review;

import org.jspecify.annotations.Nullable;

/// Which escalations a list shows, and in what order.
///
/// @param reason only these, or null for all
/// @param search words that must all stand in the article's title, the reason's code or the name of
///   whoever claimed or resolved it, whatever their case; may be blank
/// @param descending whether the order is reversed
public record EscalationQuery(
    Show show, Escalation.@Nullable Reason reason, String search, Sort sort, boolean descending) {

  /// The queue as it is worked through: what waits, oldest first.
  public static final EscalationQuery WAITING =
      new EscalationQuery(Show.WAITING, null, "", Sort.AGE, false);

  /// Which.
  public enum Show {
    /// Pending and not snoozed.
    WAITING,
    /// Pending and out of sight for a while.
    SNOOZED,
    RESOLVED,
    ALL
  }

  /// By what. Those that are equal stand oldest first.
  public enum Sort {
    AGE,
    REASON,
    TITLE,
    VERSION,
    AI_DETECTOR_AVG,
    AEO_AVG,
    CLAIMED_BY
  }
}
