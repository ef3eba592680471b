package dev.imprimatur.engine.queue;

import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.decision.Refusal;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.store.AuditStore;
import dev.imprimatur.engine.store.QueueLayoutStore;
import dev.imprimatur.engine.store.QueueLayoutStore.Counts;
import dev.imprimatur.engine.store.StoreException;
import dev.imprimatur.engine.store.Transaction;
import dev.imprimatur.engine.store.UnitOfWork;
import dev.imprimatur.engine.sweep.Findings;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/// The queue's way from its old layout to its new one, step by step (kernel.md §1).
///
/// What may go wrong between any two lines: somebody writes by the layout that was in force (the
/// step waits for who is writing, and the database refuses who comes later, who looks anew and
/// repeats); the process dies (nothing of the step stands); the backfill meets a worker (each waits
/// for the other's row, and sees then where the job stands).
public final class QueueLayouts {
  private static final int BATCH = 500;
  private static final int BATCHES = 100;

  private final UnitOfWork people;
  private final UnitOfWork automation;

  public QueueLayouts(UnitOfWork people, UnitOfWork automation) {
    this.people = people;
    this.automation = automation;
  }

  /// The layout in force, and how far the two agree.
  public record Status(QueueLayout layout, Counts counts) {}

  /// The layout in force.
  public QueueLayout inForce() {
    return people.inTransaction(tx -> tx.queueLayout().inForce());
  }

  public Status status() {
    return people.inTransaction(
        tx -> new Status(tx.queueLayout().inForce(), tx.queueLayout().counts()));
  }

  /// Jobs whose two rows differ, oldest first.
  public List<LayoutDifference> differences(int limit) {
    return people.inTransaction(tx -> tx.queueLayout().differences(limit));
  }

  /// Takes a step, if nothing is lost by it: the layout that is left behind must hold nothing that
  /// the other does not hold just so.
  public Decision<Status> set(QueueLayout wanted) {
    try {
      return people.inTransaction(tx -> step(tx, wanted));
    } catch (StoreException.Transient e) {
      return new Decision.Refused<>(
          refusal(
              "queue_busy",
              "somebody has been writing the queue for too long: " + e.getMessage(),
              Map.of("layout", inForce().code()),
              "Try again; 'imprimatur doctor' shows whether the database is well."));
    }
  }

  private static Decision<Status> step(Transaction tx, QueueLayout wanted) {
    QueueLayoutStore store = tx.queueLayout();
    if (!store.mayDecide()) {
      return new Decision.Refused<>(
          refusal(
              "admin_required",
              "the queue's layout is for administrators; " + tx.actor().id() + " is none",
              Map.of("actor", tx.actor().id(), "role", "imprimatur_admin"),
              "Ask an administrator, or to be granted the role imprimatur_admin."));
    }
    QueueLayout now = store.lock();
    if (now == wanted) {
      return new Decision.Refused<>(
          refusal(
              "layout_in_force",
              "the queue's layout is " + now.code() + " already",
              Map.of("layout", now.code()),
              "Nothing needs to be done."));
    }
    if (!now.nextTo(wanted)) {
      return new Decision.Refused<>(
          refusal(
              "not_a_step",
              "from " + now.code() + " to " + wanted.code() + " is no single step",
              Map.of("layout", now.code()),
              "'imprimatur queue layout set dual' is the step between."));
    }
    // In one layout alone nothing can be lost by keeping both.
    if (now == QueueLayout.DUAL) {
      Counts counts = store.counts();
      long missing = wanted == QueueLayout.LEGACY ? counts.onlyNew() : counts.onlyOld();
      if (missing > 0 || counts.differing() > 0) {
        return new Decision.Refused<>(lost(wanted, counts, missing));
      }
    }
    store.set(wanted);
    audit(tx, now, wanted);
    return new Decision.Decided<>(new Status(store.inForce(), store.counts()));
  }

  private static Refusal lost(QueueLayout wanted, Counts counts, long missing) {
    return refusal(
        "layouts_differ",
        "the queue's layout stays dual: "
            + missing
            + " jobs stand only in the "
            + (wanted == QueueLayout.LEGACY ? "new" : "old")
            + " layout, "
            + counts.differing()
            + " differ between the two",
        Map.of(
            "only_old", counts.onlyOld(),
            "only_new", counts.onlyNew(),
            "differing", counts.differing()),
        wanted == QueueLayout.LEGACY
            ? "Jobs that were enqueued under the layout workspace stand in it until retention deletes them;"
                + " 'imprimatur queue layout diff' shows what differs."
            : "'imprimatur sweeps run queue-backfill' copies what is missing; 'imprimatur queue layout diff'"
                + " shows what differs.");
  }

  private static Refusal refusal(
      String code, String message, Map<String, ?> facts, String unblock) {
    return new Refusal(code, message, facts, unblock);
  }

  private static void audit(Transaction tx, QueueLayout from, QueueLayout to) {
    tx.audit()
        .append(
            new AuditStore.Record(
                "setting",
                "queue.layout",
                "queue.layout_set",
                0,
                Json.object().put("layout", from.code()),
                Json.object().put("layout", to.code()),
                null));
  }

  /// Copies what stands only in the old layout, batch by batch, each in a transaction of its own;
  /// at most 50,000 jobs.
  public Findings backfill(BooleanSupplier stopping) {
    long all = 0;
    for (int i = 0; i < BATCHES && !stopping.getAsBoolean(); i++) {
      int some = automation.inTransaction(tx -> tx.queueLayout().backfill(BATCH));
      all += some;
      if (some < BATCH) {
        break;
      }
    }
    return Findings.all(all);
  }
}
