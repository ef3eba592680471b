package dev.imprimatur.engine.board;

import dev.imprimatur.engine.queue.Job;
import dev.imprimatur.engine.queue.JobStatus;
import dev.imprimatur.engine.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Reads where a brand's board stands. It only reads, and only what is there.
final class Readiness {
  private final BoardRules rules;

  Readiness(BoardRules rules) {
    this.rules = rules;
  }

  BoardView read(Transaction tx, Brand brand) {
    Optional<Job> job =
        tx.jobs()
            .findByClientRequest(brand.workspaceId(), brand.request())
            .flatMap(key -> tx.jobs().find(key));
    // After the job, which ends together with its board.
    Optional<Board> board = tx.boards().latest(brand.id());
    return view(brand, board, job, tx.evidence().count(brand.id()), tx.now());
  }

  /// Whether reading is to ask for the first board.
  static boolean firstRunDue(BoardView view) {
    return view.board().isEmpty()
        && view.job().isEmpty()
        && view.brand().generations() <= 1
        && view.evidence() >= BoardRules.LEAST_EVIDENCE;
  }

  BoardView view(
      Brand brand, Optional<Board> board, Optional<Job> job, long evidence, Instant now) {
    boolean underWay = job.isPresent() && !job.get().status().terminal();
    boolean failing = underWay && job.get().lastError() != null;
    // Only a board that is ready is worth showing while the next is made.
    boolean keeps = board.isPresent() && board.get().state() == BoardState.READY;
    BoardState state =
        underWay && !keeps
            ? BoardState.GENERATING
            : failedUntold(board, job)
                ? BoardState.ERROR
                : board.map(Board::state).orElse(BoardState.NOT_GENERATED);
    // Where there is no good board there is none to keep.
    boolean degraded = failing && keeps;
    Duration age = board.map(b -> Duration.between(b.generatedAt(), now)).orElse(Duration.ZERO);
    boolean stale = state == BoardState.READY && !underWay && age.compareTo(rules.staleAfter()) > 0;
    Optional<Why> why =
        degraded
            ? job.map(Whys::degraded)
            : underWay && !keeps
                ? job.map(Whys::generating)
                : standing(brand, board, job, state, evidence, stale, age);
    return new BoardView(brand, state, board, degraded, stale, why, job, evidence, now);
  }

  /// A job that failed for good writes its board with its end. Should the database have refused
  /// that, the job itself still says so.
  private static boolean failedUntold(Optional<Board> board, Optional<Job> job) {
    return job.isPresent()
        && job.get().status() == JobStatus.FAILED
        && board.filter(b -> b.job().equals(job.get().key().id())).isEmpty();
  }

  private static Optional<Why> standing(
      Brand brand,
      Optional<Board> board,
      Optional<Job> job,
      BoardState state,
      long evidence,
      boolean stale,
      Duration age) {
    if (state == BoardState.NOT_GENERATED) {
      return Optional.of(
          evidence < BoardRules.LEAST_EVIDENCE
              ? Whys.notEnough(brand, evidence)
              : Whys.notGenerated(
                  brand, job.isPresent() ? "generation_cancelled" : "not_generated"));
    }
    if (state == BoardState.ERROR && failedUntold(board, job)) {
      return job.map(j -> Whys.failed(brand, Generator.diagnostics(j)));
    }
    if (board.isEmpty()) {
      return Optional.empty();
    }
    Board shown = board.get();
    if (!shown.opportunities().isEmpty()) {
      return stale ? Optional.of(Whys.stale(brand, shown, age)) : Optional.empty();
    }
    return Optional.of(shown.why());
  }
}
