package dev.imprimatur.engine.review;

import dev.imprimatur.engine.store.StoreException;
import dev.imprimatur.engine.store.Transaction;
import dev.imprimatur.engine.store.UnitOfWork;
import dev.imprimatur.engine.sweep.Findings;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Mends evaluations that nothing would ever end: a run whose parts have all ended and that is
/// still in progress, and a part whose job is gone. Neither should come to be (a part and its job
/// end in one transaction, and the last part ends its run in the same); where one does, by a hand
/// in the tables or a restored backup, the version could never be evaluated again.
///
/// State decides, not time: a part is stuck if it is pending and no job that has not ended stands
/// behind it. Each run is a transaction of its own. Between choosing and locking, the answer may
/// come: the article's lock orders them, and what is behind it is read again.
public final class StuckRuns {
  private static final Logger LOG = LoggerFactory.getLogger(StuckRuns.class);
  private static final int BATCH = 200;
  private static final int BATCHES = 50;

  private final UnitOfWork database;
  private final RunFinaliser finaliser;

  public StuckRuns(UnitOfWork database, RunFinaliser finaliser) {
    this.database = database;
    this.finaliser = finaliser;
  }

  /// Looks at the runs in progress, at most 10,000.
  public Findings sweep(BooleanSupplier stopping) {
    int found = 0;
    int done = 0;
    UUID after = null;
    for (int i = 0; i < BATCHES && !stopping.getAsBoolean(); i++) {
      UUID from = after;
      List<EvaluationRun> some =
          database.inTransaction(tx -> tx.evaluations().inProgress(from, BATCH));
      for (EvaluationRun run : some) {
        try {
          if (database.inTransaction(tx -> stuck(tx, run.id()))) {
            found++;
            done += database.inTransaction(tx -> mend(tx, run)) ? 1 : 0;
          }
        } catch (StoreException.Unavailable e) {
          throw e;
        } catch (RuntimeException e) {
          LOG.error("evaluation run {} could not be mended", run.id(), e);
        }
      }
      if (some.size() < BATCH) {
        break;
      }
      after = some.getLast().id();
    }
    return new Findings(found, done, "");
  }

  private static boolean stuck(Transaction tx, UUID run) {
    List<RunPart> out = out(tx, run);
    return out.isEmpty() || !orphans(tx, out).isEmpty();
  }

  private boolean mend(Transaction tx, EvaluationRun run) {
    tx.articles().lock(run.articleId());
    if (tx.evaluations()
        .lock(run.id())
        .filter(r -> r.status() == EvaluationRun.Status.IN_PROGRESS)
        .isEmpty()) {
      return false;
    }
    List<RunPart> out = out(tx, run.id());
    if (out.isEmpty()) {
      LOG.warn("evaluation run {} had all its parts and had not ended", run.id());
      finaliser.endWhole(tx, run);
      return true;
    }
    List<RunPart> orphans = orphans(tx, out);
    for (RunPart part : orphans) {
      LOG.warn("{} {} of evaluation run {} had lost its job", part.kind(), part.name(), run.id());
      finaliser.partEnded(tx, run.articleId(), failed(part), null, null);
    }
    return !orphans.isEmpty();
  }

  private static List<RunPart> out(Transaction tx, UUID run) {
    return tx.evaluations().parts(run).stream()
        .filter(part -> part.status() == RunPart.Status.PENDING)
        .toList();
  }

  private static List<RunPart> orphans(Transaction tx, List<RunPart> out) {
    Set<String> served =
        tx.jobs()
            .open(
                out.stream()
                    .map(part -> Evaluations.requestId(part.runId(), part))
                    .collect(Collectors.toSet()));
    return out.stream()
        .filter(part -> !served.contains(Evaluations.requestId(part.runId(), part)))
        .toList();
  }

  private static RunPart failed(RunPart part) {
    return new RunPart(
        part.runId(),
        part.kind(),
        part.name(),
        RunPart.Status.FAILED,
        null,
        null,
        "its job is gone; ask for the version to be evaluated again");
  }
}
