package dev.imprimatur.engine.board;

import dev.imprimatur.engine.queue.Job;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A brand's board as a reader finds it.
///
/// @param board what is shown: the newest; empty where none was ever made
/// @param degraded whether its successor is failing while this one is shown
/// @param stale whether it was made so long ago that it should be made anew
/// @param why what is the matter, or else why what is shown is as it is
/// @param job the one that was asked for last, ended or not; empty if it is forgotten or there was
///   none
/// @param evidence how many items are known of the brand
/// @param now when it was read, by the database's clock
public record BoardView(
    Brand brand,
    BoardState state,
    Optional<Board> board,
    boolean degraded,
    boolean stale,
    Why why,
    Optional<Job> job,
    long evidence,
    Instant now) {

  /// The reason of a board that is ready.
  public @Nullable ReadyReason readyReason() {
    return state == BoardState.READY ? board.map(Board::readyReason).orElse(null) : null;
  }

  /// Whether something stands on the board and nothing is the matter with it.
  public boolean fine() {
    return why.code().equals(ReadyReason.GENERATED.code());
  }

  /// Whether a job for it has not ended.
  public boolean underWay() {
    return job.isPresent() && !job.get().status().terminal();
  }
}
