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
    Why why =
        degraded
            ? Whys.degraded(job.get())
            : underWay && !keeps
                ? Whys.generating(job.get())
                : standing(brand, board, job, evidence, stale, age);
    return new BoardView(brand, state, board, degraded, stale, why, job, evidence, now);
  }

  /// A job that failed for good writes its board with its end. Should the database have refused
  /// that, the job itself still says so.
  private static boolean failedUntold(Optional<Board> board, Optional<Job> job) {
    return job.isPresent()
        && job.get().status() == JobStatus.FAILED
        && board.filter(b -> b.job().equals(job.get().key().id())).isEmpty();
  }

  private static Why standing(
      Brand brand,
      Optional<Board> board,
      Optional<Job> job,
      long evidence,
      boolean stale,
      Duration age) {
    if (failedUntold(board, job)) {
      return Whys.failed(brand, Generator.diagnostics(job.orElseThrow()));
    }
    if (board.isEmpty()) {
      return evidence < BoardRules.LEAST_EVIDENCE
          ? Whys.notEnough(brand, evidence)
          : Whys.notGenerated(brand, job.isPresent() ? "generation_cancelled" : "not_generated");
    }
    Board shown = board.get();
    if (!shown.opportunities().isEmpty()) {
      return stale ? Whys.stale(brand, shown, age) : shown.why();
    }
    return shown.state() == BoardState.ERROR ? shown.why() : since(brand, shown, evidence);
  }

  /// Why a board is empty, unless what it says was overtaken since. Evidence and what a brand is
  /// about only grow, so their numbers tell.
  private static Why since(Brand brand, Board board, long evidence) {
    Why why = board.why();
    if (why.code().equals(Whys.NOT_ENOUGH) && evidence < BoardRules.LEAST_EVIDENCE) {
      return Whys.notEnough(brand, evidence);
    }
    if (why.code().equals(ReadyReason.EMPTY_BRAND_CONTEXT.code()) && !brand.hasContext()) {
      return Whys.emptyContext(brand, Whys.facts(board));
    }
    long more = evidence - why.facts().path("have").asLong(evidence);
    long described =
        brand.pillars().size()
            + brand.personas().size()
            - why.facts().path("pillars").asLong(brand.pillars().size())
            - why.facts().path("personas").asLong(brand.personas().size());
    return more > 0 || described > 0 ? Whys.outdated(brand, board, more, described) : why;
  }
}
