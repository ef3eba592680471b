package dev.imprimatur.engine.board;

import dev.imprimatur.engine.setting.Keys;
import dev.imprimatur.engine.setting.Settings;
import java.time.Duration;

/// What boards go by.
///
/// @param window how old an item may be to count
/// @param freshWithin how old an opportunity's newest item may be
/// @param staleAfter how old a board may be before it is called stale
/// @param attempts how often making one is tried
record BoardRules(Duration window, Duration freshWithin, Duration staleAfter, int attempts) {
  /// So many items make a board possible (board.md).
  static final int LEAST_EVIDENCE = 8;

  /// An item may be dated so far ahead of the database's clock, for it may be tomorrow elsewhere.
  /// One that is dated later does not count before its time.
  static final Duration AHEAD = Duration.ofDays(1);

  /// The most items that a board is made of: the newest.
  static final int MOST_EVIDENCE = 2000;

  /// The most opportunities on a board.
  static final int MOST_OPPORTUNITIES = 12;

  /// So many items an opportunity stands on at least.
  static final int LEAST_ITEMS = 2;

  /// So many points it has at least.
  static final int LEAST_SCORE = 30;

  /// So many items give all points for volume.
  static final int FULL_VOLUME = 8;

  /// What stood on so many boards before is not new.
  static final int REMEMBERED_BOARDS = 5;

  static BoardRules of(Settings settings) {
    return new BoardRules(
        settings.get(Keys.BOARD_WINDOW),
        settings.get(Keys.BOARD_FRESH),
        settings.get(Keys.BOARD_STALE_AFTER),
        settings.get(Keys.BOARD_ATTEMPTS));
  }
}
