package dev.imprimatur.engine.assessment;

import dev.imprimatur.engine.setting.Keys;
import dev.imprimatur.engine.setting.Settings;
import java.time.Duration;

/// What settings say of batches.
///
/// @param wave pairs that are out at a time
/// @param stuckAfter how long nothing may move
/// @param stuckProgress percent of the budget that is enough for a stuck batch
/// @param rerequests how often the monitor asks again
/// @param tolerance the largest change of a score that is none, in logits
/// @param pairLease how long a fetched pair is kept from other judges
/// @param undoWindow how long a person may take an answer back
public record BatchRules(
    int wave,
    Duration stuckAfter,
    int stuckProgress,
    int rerequests,
    double tolerance,
    Duration pairLease,
    Duration undoWindow) {
  /// As the settings in effect say.
  public static BatchRules of(Settings settings) {
    return new BatchRules(
        settings.get(Keys.BATCH_WAVE),
        settings.get(Keys.BATCH_STUCK_AFTER),
        settings.get(Keys.BATCH_STUCK_PROGRESS),
        settings.get(Keys.BATCH_REREQUESTS),
        settings.get(Keys.BATCH_TOLERANCE).doubleValue(),
        settings.get(Keys.BATCH_PAIR_LEASE),
        settings.get(Keys.BATCH_UNDO_WINDOW));
  }
}
