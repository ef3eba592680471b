package dev.imprimatur.engine.assessment;

import dev.imprimatur.engine.store.Transaction;
import dev.imprimatur.engine.store.UnitOfWork;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Batches as an administrator looks after them: which of them nothing moves in, and all that one
/// must know to decide on one. Reads only; [BatchActions] decides.
public final class StuckBatches {
  private static final int HISTORY = 200;
  private static final int LOOKS = 3;

  private final UnitOfWork database;
  private final Batches batches;
  private final BatchRules rules;

  StuckBatches(UnitOfWork database, Batches batches, BatchRules rules) {
    this.database = database;
    this.batches = batches;
    this.rules = rules;
  }

  /// Which.
  public enum Show {
    /// Those in which nothing has moved for longer than the limit.
    STUCK,
    /// All that have not ended.
    OPEN,
    /// Those that ended without a ranking.
    FAILED
  }

  /// A batch as a list shows it.
  ///
  /// @param idle how long nothing has moved in it, by the database's clock
  /// @param stuck whether that is longer than the limit
  public record Row(Batch batch, Duration idle, boolean stuck) {}

  /// How long nothing may move in a batch before it is stuck.
  public Duration stuckAfter() {
    return rules.stuckAfter();
  }

  /// The ids of these batches, that which moved least lately first; of those that have ended, the
  /// latest first.
  public List<UUID> order(Show show) {
    return database.inTransaction(tx -> tx.batches().lookedAfter(show, since(tx)));
  }

  /// What a list shows of these; those that are no longer there are missing.
  public Map<UUID, Row> rows(Collection<UUID> ids) {
    return database.inTransaction(tx -> {
      Map<UUID, Row> rows = new LinkedHashMap<>();
      tx.batches().findAll(ids).forEach(batch -> rows.put(batch.id(), row(tx, batch)));
      return rows;
    });
  }

  private Instant since(Transaction tx) {
    return tx.now().minus(rules.stuckAfter());
  }

  private Row row(Transaction tx, Batch batch) {
    Instant last = batch.progress().lastActivity();
    boolean stuck = !batch.terminal() && !last.isAfter(since(tx));
    return new Row(batch, Duration.between(last, tx.now()), stuck);
  }

  /// All that one must know of a batch to decide on it. Reckons for a moment where it is large.
  public Optional<BatchInspection> inspect(UUID id) {
    for (int look = 1; ; look++) {
      BatchDetail detail = batches.detail(id).orElse(null);
      if (detail == null) {
        return Optional.empty();
      }
      // What is shown together should have stood together; in a batch in which answers come all
      // the time it never does for long.
      boolean anyway = look == LOOKS;
      Optional<BatchInspection> seen = database.inTransaction(tx -> inspect(tx, detail, anyway));
      if (seen.isPresent()) {
        return seen;
      }
    }
  }

  private Optional<BatchInspection> inspect(Transaction tx, BatchDetail detail, boolean anyway) {
    UUID id = detail.batch().id();
    if (!anyway && !tx.batches().find(id).equals(Optional.of(detail.batch()))) {
      return Optional.empty();
    }
    Batch batch = detail.batch();
    return Optional.of(
        new BatchInspection(
            detail,
            batch.state() == Batch.State.WAITING_CALLBACKS
                ? Continuation.decide(
                    batch.facts(detail.estimate().filter(Estimate::stable).isPresent()))
                : null,
            row(tx, batch).stuck(),
            rules.stuckAfter(),
            rules.rerequests(),
            parts(detail),
            BatchJobs.serving(tx, batch, detail.outstanding()),
            tx.audit().list(BatchSteps.BATCH, id.toString(), HISTORY),
            BatchActions.closed(tx, batch)));
  }

  private static List<List<BatchText.Head>> parts(BatchDetail detail) {
    var graph = new Graph(detail.texts().stream().map(BatchText.Head::id).toList());
    detail.comparisons().stream()
        .filter(Comparison::counts)
        .forEach(c -> graph.connect(c.first(), c.second()));
    Map<UUID, List<BatchText.Head>> parts = new LinkedHashMap<>();
    for (BatchText.Head text : detail.texts()) {
      parts.computeIfAbsent(graph.part(text.id()), part -> new ArrayList<>()).add(text);
    }
    return parts.values().stream()
        .sorted(Comparator.comparingInt((List<BatchText.Head> part) -> -part.size()))
        .toList();
  }
}
