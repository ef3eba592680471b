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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/// The queue's way from its old layout to its new one, step by step (kernel.md §1).
///
/// What may go wrong between any two lines: somebody writes by the layout that was in force (the
/// step waits for who is writing, and the database refuses who comes later, who looks anew and
/// repeats); the process dies (nothing of the step stands); the backfill meets a worker (each waits
/// for the other's row, and sees then where the job stands).
public final class QueueLayouts {
  /// The sweep that copies what stands only in the old layout.
  public static final String BACKFILL = "queue-backfill";

  private static final Counts NOTHING_LOST = new Counts(0, 0, 0, 0);
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

  /// The layout in force, and what stands in the way of each step from it.
  ///
  /// @param counts how far the two agree; all zero where one layout alone is in force: there is
  ///   nothing to agree with then, and counting would take as long as the history is
  /// @param differences jobs whose two rows differ, oldest first
  /// @param refusals why a step to this layout would be refused now; one that would be taken, and
  ///   the layout in force, are missing
  public record Report(
      QueueLayout layout,
      Counts counts,
      List<LayoutDifference> differences,
      Map<QueueLayout, Refusal> refusals) {}

  /// How the queue stands between its layouts.
  ///
  /// @param limit at most so many differences
  public Report report(int limit) {
    return people.inTransaction(tx -> {
      QueueLayoutStore store = tx.queueLayout();
      QueueLayout now = store.inForce();
      boolean both = now == QueueLayout.DUAL;
      Counts counts = both ? store.counts() : NOTHING_LOST;
      Optional<Refusal> role = role(tx);
      Map<QueueLayout, Refusal> refusals = new EnumMap<>(QueueLayout.class);
      for (QueueLayout wanted : QueueLayout.values()) {
        if (wanted != now) {
          role.or(() -> way(now, wanted, counts)).ifPresent(why -> refusals.put(wanted, why));
        }
      }
      return new Report(now, counts, both ? store.differences(limit) : List.of(), refusals);
    });
  }

  /// Jobs whose two rows differ, oldest first.
  public List<LayoutDifference> differences(int limit) {
    return people.inTransaction(tx -> tx.queueLayout().differences(limit));
  }

  /// Takes a step, if nothing is lost by it: the layout that is left behind must hold nothing that
  /// the other does not hold just so. What it came to is read again after the commit: counting
  /// takes as long as the history is, and everybody who writes the queue would wait for it.
  public Decision<Status> set(QueueLayout wanted) {
    Optional<Refusal> refusal;
    try {
      refusal = people.inTransaction(tx -> step(tx, wanted));
    } catch (StoreException.Transient e) {
      refusal =
          Optional.of(
              refusal(
                  "queue_busy",
                  "somebody has been writing the queue for too long: " + e.getMessage(),
                  Map.of("layout", inForce().code()),
                  "Try again; 'imprimatur doctor' shows whether the database is well."));
    }
    return refusal.isPresent()
        ? new Decision.Refused<>(refusal.get())
        : new Decision.Decided<>(status());
  }

  /// @return why it was not taken; empty if it was
  private static Optional<Refusal> step(Transaction tx, QueueLayout wanted) {
    Optional<Refusal> role = role(tx);
    if (role.isPresent()) {
      return role;
    }
    QueueLayoutStore store = tx.queueLayout();
    QueueLayout now = store.lock();
    Optional<Refusal> way =
        way(now, wanted, now == QueueLayout.DUAL ? store.counts() : NOTHING_LOST);
    if (way.isEmpty()) {
      store.set(wanted);
      audit(tx, now, wanted);
    }
    return way;
  }

  private static Optional<Refusal> role(Transaction tx) {
    return tx.queueLayout().mayDecide()
        ? Optional.empty()
        : Optional.of(
            refusal(
                "admin_required",
                "the queue's layout is for administrators; " + tx.actor().id() + " is none",
                Map.of("actor", tx.actor().id(), "role", "imprimatur_admin"),
                "Ask an administrator, or to be granted the role imprimatur_admin."));
  }

  /// Why no step leads from here to there; empty if one does.
  private static Optional<Refusal> way(QueueLayout now, QueueLayout wanted, Counts counts) {
    if (now == wanted) {
      return Optional.of(
          refusal(
              "layout_in_force",
              "the queue's layout is " + now.code() + " already",
              Map.of("layout", now.code()),
              "Nothing needs to be done."));
    }
    if (!now.nextTo(wanted)) {
      return Optional.of(
          refusal(
              "not_a_step",
              "from " + now.code() + " to " + wanted.code() + " is no single step",
              Map.of("layout", now.code()),
              "'imprimatur queue layout dual' is the step between."));
    }
    // In one layout alone nothing can be lost by keeping both.
    if (now != QueueLayout.DUAL) {
      return Optional.empty();
    }
    long missing = wanted == QueueLayout.LEGACY ? counts.onlyNew() : counts.onlyOld();
    return missing > 0 || counts.differing() > 0
        ? Optional.of(lost(wanted, counts, missing))
        : Optional.empty();
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
                + " 'imprimatur queue divergence' shows what differs."
            : "'imprimatur queue backfill' copies what is missing; 'imprimatur queue divergence'"
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

  /// What a backfill came to.
  ///
  /// @param copied jobs
  /// @param status afterwards
  public record Backfilled(long copied, Status status) {}

  /// Copies what stands only in the old layout, batch by batch, each in a transaction of its own;
  /// at most 50,000 jobs.
  public Findings backfill(BooleanSupplier stopping) {
    return Findings.all(copy(stopping, BATCHES, copied -> {}));
  }

  /// The same without a limit, for somebody who waits for it. What another holds just then is left
  /// to the sweep.
  ///
  /// @param stopping whether to stop after the batch at hand
  /// @param progress told after each batch how many are copied
  /// @return refused with `not_dual` where the new layout is not written yet
  public Decision<Backfilled> backfillAll(BooleanSupplier stopping, LongConsumer progress) {
    if (inForce() == QueueLayout.LEGACY) {
      return new Decision.Refused<>(
          refusal(
              "not_dual",
              "the queue's layout is legacy; nothing is copied before both layouts are written",
              Map.of("layout", QueueLayout.LEGACY.code()),
              "'imprimatur queue layout dual' is the step before."));
    }
    long copied = copy(stopping, Integer.MAX_VALUE, progress);
    return new Decision.Decided<>(new Backfilled(copied, status()));
  }

  private long copy(BooleanSupplier stopping, int batches, LongConsumer progress) {
    long all = 0;
    for (int i = 0; i < batches && !stopping.getAsBoolean(); i++) {
      int some = automation.inTransaction(tx -> tx.queueLayout().backfill(BATCH));
      all += some;
      progress.accept(all);
      if (some < BATCH) {
        break;
      }
    }
    return all;
  }
}
