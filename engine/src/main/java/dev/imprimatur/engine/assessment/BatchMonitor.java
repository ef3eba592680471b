package dev.imprimatur.engine.assessment;

import dev.imprimatur.engine.assessment.Batch.State;
import dev.imprimatur.engine.assessment.Batch.Status;
import dev.imprimatur.engine.assessment.Verdict.Next;
import dev.imprimatur.engine.assessment.Verdict.Reason;
import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.store.StoreException;
import dev.imprimatur.engine.store.Transaction;
import dev.imprimatur.engine.store.UnitOfWork;
import dev.imprimatur.engine.sweep.Findings;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// Looks after batches that nobody calls back for (assessment.md, Monitor): those whose answers are
/// in and that were not ranked, and those in which nothing moves. Each batch is a transaction of
/// its own; one that another holds is passed over, and looked at again at the next tick.
public final class BatchMonitor {
  private static final Logger LOG = LoggerFactory.getLogger(BatchMonitor.class);
  private static final int BATCH = 200;
  private static final int BATCHES = 50;

  private final UnitOfWork database;
  private final BatchRules rules;
  private final Finaliser finaliser;
  private final FaultPoints faults;

  public BatchMonitor(
      UnitOfWork database, BatchRules rules, Finaliser finaliser, FaultPoints faults) {
    this.database = database;
    this.rules = rules;
    this.finaliser = finaliser;
    this.faults = faults;
  }

  /// Ranks batches whose answers are in, at most 10,000.
  public Findings complete(BooleanSupplier stopping) {
    return each(stopping, (tx, after) -> tx.batches().answered(after, BATCH), this::complete);
  }

  /// Treats batches in which nothing has moved for too long, at most 10,000.
  public Findings recover(BooleanSupplier stopping) {
    return each(
        stopping, (tx, after) -> tx.batches().stuck(since(tx), after, BATCH), this::recover);
  }

  private Instant since(Transaction tx) {
    return tx.now().minus(rules.stuckAfter());
  }

  @FunctionalInterface
  private interface Chooser {
    List<UUID> choose(Transaction tx, @Nullable UUID after);
  }

  @FunctionalInterface
  private interface Treatment {
    /// Returns whether it did something.
    boolean treat(Transaction tx, Batch batch);
  }

  private Findings each(BooleanSupplier stopping, Chooser chooser, Treatment treatment) {
    int found = 0;
    int done = 0;
    UUID after = null;
    for (int i = 0; i < BATCHES && !stopping.getAsBoolean(); i++) {
      UUID from = after;
      List<UUID> some = database.inTransaction(tx -> chooser.choose(tx, from));
      for (UUID id : some) {
        found++;
        done += treat(id, treatment) ? 1 : 0;
      }
      if (some.size() < BATCH) {
        break;
      }
      after = some.getLast();
    }
    return new Findings(found, done, "");
  }

  private boolean treat(UUID id, Treatment treatment) {
    try {
      return database.inTransaction(tx -> {
        Batch batch = tx.batches().lockFree(id).orElse(null);
        return batch != null && !batch.terminal() && treatment.treat(tx, batch);
      });
    } catch (StoreException.Unavailable e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("batch {} could not be looked after", id, e);
      return false;
    }
  }

  private boolean complete(Transaction tx, Batch batch) {
    if (batch.state() != State.WAITING_CALLBACKS) {
      return false;
    }
    Verdict verdict = verdict(tx, batch);
    if (verdict.next() != Next.FINALISE) {
      return false;
    }
    finaliser.carryOn(tx, batch, batch, verdict, Door.COMPLETION_SWEEP);
    return true;
  }

  private static Verdict verdict(Transaction tx, Batch batch) {
    boolean stable = tx.batches().estimate(batch.id()).filter(Estimate::stable).isPresent();
    return Continuation.decide(batch.facts(stable));
  }

  private boolean recover(Transaction tx, Batch batch) {
    if (batch.progress().lastActivity().isAfter(since(tx))) {
      return false;
    }
    return batch.state() == State.WAITING_CALLBACKS ? waiting(tx, batch) : atWork(tx, batch);
  }

  private boolean waiting(Transaction tx, Batch batch) {
    Verdict verdict = verdict(tx, batch);
    if (verdict.next() == Next.FINALISE) {
      finaliser.carryOn(tx, batch, batch, verdict, Door.STUCK_SWEEP);
      return true;
    }
    if (batch.terms().judging() == Batch.Judging.HUMAN && batch.counts().outstanding() > 0) {
      // People judge when they have time: asking again would only take from them what they read.
      // Whether enough is in is for an administrator to say (ADR 28).
      return false;
    }
    boolean enough =
        batch.counts().completed() > 0
            && 100L * batch.counts().completed()
                >= (long) rules.stuckProgress() * batch.terms().total();
    if (enough) {
      finaliser.begin(tx, batch, batch, Reason.STUCK_WITH_ENOUGH, Door.STUCK_SWEEP, null);
      return true;
    }
    List<Comparison> outstanding = tx.batches().outstanding(batch.id());
    List<Comparison> lost = BatchJobs.lost(tx, batch, outstanding);
    if (outstanding.isEmpty() ? BatchJobs.served(tx, batch) : lost.isEmpty()) {
      // The queue has it: jobs that hang are its business, and nothing is lost.
      return false;
    }
    if (batch.progress().rerequests() >= rules.rerequests()) {
      giveUp(tx, batch, outstanding);
      return true;
    }
    Batch again = askAgain(tx, batch, Door.STUCK_SWEEP, Reason.STUCK_WITH_TOO_LITTLE);
    if (outstanding.isEmpty()) {
      BatchJobs.makePairs(tx, again);
    } else {
      resend(tx, again, lost);
    }
    faults.reach(FaultPoint.BATCH_REREQUESTED);
    return true;
  }

  private static Batch askAgain(Transaction tx, Batch batch, Door door, Reason reason) {
    Batch again =
        batch
            .change()
            .decided(new Verdict(Next.WAIT, reason), door, tx.now())
            .rerequested()
            .active(tx.now())
            .revised()
            .made();
    BatchSteps.raise(tx, batch, again, "batch.rerequested", null);
    return again;
  }

  /// Puts pairs to their judges once more, under the correlation ids they have: the answer to the
  /// first request counts as well as that to the second, and only one of them.
  static void resend(Transaction tx, Batch batch, List<Comparison> pairs) {
    List<Comparison> now =
        tx.batches().sendAgain(batch.id(), pairs.stream().map(Comparison::correlationId).toList());
    BatchJobs.ask(tx, batch, now);
  }

  /// A batch whose next step is a job's: if that is gone, it is put there again.
  private boolean atWork(Transaction tx, Batch batch) {
    if (BatchJobs.served(tx, batch)) {
      return false;
    }
    if (batch.progress().rerequests() >= rules.rerequests()) {
      giveUp(tx, batch, List.of());
    } else if (batch.state() == State.SCORING) {
      finaliser.beginAgain(tx, batch);
    } else {
      BatchJobs.makePairs(tx, askAgain(tx, batch, Door.STUCK_SWEEP, Reason.PAIRS_NOT_SENT));
    }
    return true;
  }

  private void giveUp(Transaction tx, Batch batch, List<Comparison> outstanding) {
    ObjectNode why =
        Json.object()
            .put("error", "stuck_batch")
            .put("state", batch.state().name())
            .put("percent", batch.percent())
            .put("sent", batch.counts().sent())
            .put("completed", batch.counts().completed())
            .put("failed", batch.counts().failed())
            .put("rerequests", batch.progress().rerequests())
            .put("last_activity", batch.progress().lastActivity().toString());
    var ids = why.putArray("outstanding");
    outstanding.stream().limit(100).forEach(c -> ids.add(c.correlationId().toString()));
    finaliser.fail(tx, batch, batch, Status.ERROR_PROCESSING, Door.STUCK_SWEEP, why, null);
  }
}
