package dev.imprimatur.engine.board;

import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.decision.Refusal;
import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.queue.JobKey;
import dev.imprimatur.engine.queue.NewJob;
import dev.imprimatur.engine.queue.WakeUps;
import dev.imprimatur.engine.store.StoreException;
import dev.imprimatur.engine.store.Transaction;
import dev.imprimatur.engine.store.UnitOfWork;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reading boards and asking for them.
public final class Boards {
  private static final Logger LOG = LoggerFactory.getLogger(Boards.class);

  private final UnitOfWork database;
  private final BoardRules rules;
  private final Readiness readiness;
  private final WakeUps wakeUps;
  private final FaultPoints faults;

  Boards(UnitOfWork database, BoardRules rules, WakeUps wakeUps, FaultPoints faults) {
    this.database = database;
    this.rules = rules;
    this.readiness = new Readiness(rules);
    this.wakeUps = wakeUps;
    this.faults = faults;
  }

  /// A brand's board as it stands. Reading never makes one and, with one exception, writes nothing:
  /// the first read of a brand that has no board, no job and enough evidence asks for a board.
  ///
  /// @return empty if there is no such brand
  public Optional<BoardView> read(UUID brand) {
    Optional<BoardView> seen = look(brand);
    if (seen.filter(Readiness::firstRunDue).isEmpty()) {
      return seen;
    }
    try {
      database.run(tx -> askFirst(tx, brand));
    } catch (StoreException.Forbidden e) {
      // Who may only read is told that there is none.
      LOG.debug("the first board of {} is not asked for: {}", brand, e.getMessage());
      return seen;
    }
    wakeUps.ring();
    return look(brand);
  }

  /// The same without any exception: it only reads.
  public Optional<BoardView> look(UUID brand) {
    return database.reading(tx -> tx.brands().find(brand).map(found -> readiness.read(tx, found)));
  }

  /// Between looking and locking another reader may have asked: the lock re-reads, and the client
  /// request id is unique besides.
  private void askFirst(Transaction tx, UUID id) {
    Brand brand = tx.brands().lock(id).orElseThrow();
    if (Readiness.firstRunDue(readiness.read(tx, brand))) {
      ask(tx, brand, 1);
    }
  }

  private JobKey ask(Transaction tx, Brand brand, int generation) {
    tx.brands().asked(brand.id(), generation);
    faults.reach(FaultPoint.BOARD_ASKED);
    NewJob job =
        NewJob.of(
                brand.workspaceId(),
                Generator.KIND,
                Json.object().put("brand_id", brand.id().toString()).put("brand", brand.name()))
            .withMaxAttempts(rules.attempts())
            .withClientRequestId(brand.request(generation));
    JobKey key = tx.jobs().enqueue(List.of(job)).getFirst().key();
    Generator.record(
        tx,
        tx.brands().find(brand.id()).orElseThrow(),
        "board.asked",
        Json.object()
            .put("brand", brand.name())
            .put("generation", generation)
            .put("job", key.id().toString()));
    return key;
  }

  /// What asking for a board came to.
  ///
  /// @param joined whether one was on its way already
  public record Asked(BoardView view, JobKey job, boolean joined) {}

  private record Found(JobKey job, boolean joined) {}

  /// Asks for a board, or joins in where one is on its way.
  public Decision<Asked> generate(UUID brand) {
    Decision<Found> found = database.inTransaction(tx -> generate(tx, brand));
    wakeUps.ring();
    return found.map(f -> new Asked(look(brand).orElseThrow(), f.job(), f.joined()));
  }

  private Decision<Found> generate(Transaction tx, UUID id) {
    Brand brand = tx.brands().lock(id).orElse(null);
    if (brand == null) {
      return new Decision.Refused<>(
          new Refusal(
              "not_found",
              "there is no brand " + id,
              Map.of("id", id.toString()),
              "'imprimatur brand list' shows all."));
    }
    BoardView view = readiness.read(tx, brand);
    if (view.underWay()) {
      return new Decision.Decided<>(new Found(view.job().orElseThrow().key(), true));
    }
    int generation = view.job().isEmpty() && brand.generations() == 0 ? 1 : brand.generations() + 1;
    return new Decision.Decided<>(new Found(ask(tx, brand, generation), false));
  }

  /// A brand's boards, newest first.
  public List<Board.Head> history(UUID brand, int limit) {
    return database.reading(tx -> tx.boards().history(brand, limit));
  }

  /// One board of a brand.
  public Optional<Board> board(UUID brand, int number) {
    return database.reading(tx -> tx.boards().find(brand, number));
  }
}
