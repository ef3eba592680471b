package dev.imprimatur.engine.sweep;

import dev.imprimatur.engine.audit.AuditEntry;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.decision.Refusal;
import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.store.AuditStore;
import dev.imprimatur.engine.store.SweepStore;
import dev.imprimatur.engine.store.Transaction;
import dev.imprimatur.engine.store.UnitOfWork;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Sweeps as people see them and decide on them (kernel.md §5). People write what they want; the
/// workers plan after it within a second or two.
public final class Sweeps {
  private static final String ENTITY = "sweep";
  private static final String PAUSED = "sweep.paused";
  private static final String RESUMED = "sweep.resumed";

  private final UnitOfWork database;
  private final FaultPoints faults;

  public Sweeps(UnitOfWork database, FaultPoints faults) {
    this.database = database;
    this.faults = faults;
  }

  /// All sweeps, by name: those that any process has made known.
  public List<SweepStatus> list() {
    return database.inTransaction(tx -> tx.sweeps().list());
  }

  public Optional<SweepStatus> find(String name) {
    return database.inTransaction(tx -> tx.sweeps().find(name));
  }

  /// Its ticks, latest first.
  public List<SweepRun> history(String name, int limit) {
    return database.inTransaction(tx -> tx.sweeps().runs(name, limit));
  }

  /// Why whoever is signed in may not decide on sweeps; empty if they may.
  public Optional<Refusal> refusal() {
    return database.inTransaction(tx -> refusal(tx, "deciding on sweeps"));
  }

  /// Asks for a sweep to run now, also where it is paused. Of several who ask before it begins, one
  /// is answered with a tick, and the others are told who was first. Asked while it runs, it runs
  /// once more after that.
  public Decision<SweepStatus> runNow(String name) {
    return decide(
        name,
        "running a sweep",
        (tx, before) -> {
          Optional<SweepStore.Request> first = tx.sweeps().request(name);
          if (first.isPresent()) {
            return new Decision.AlreadyDecided<>(
                "sweep.requested", first.get().by(), first.get().at(), before.revision());
          }
          record(tx, before, "sweep.requested", null, Json.object().put("run", "now"));
          return null;
        });
  }

  /// Keeps a sweep from ticking until it is resumed; a tick that is under way ends as usual.
  public Decision<SweepStatus> pause(String name) {
    return decide(name, "pausing a sweep", (tx, before) -> setPaused(tx, before, true, PAUSED));
  }

  /// Lets a paused sweep tick again, at its next due time.
  public Decision<SweepStatus> resume(String name) {
    return decide(name, "resuming a sweep", (tx, before) -> setPaused(tx, before, false, RESUMED));
  }

  private static @Nullable Decision<SweepStatus> setPaused(
      Transaction tx, SweepStatus before, boolean paused, String action) {
    if (before.paused() == paused) {
      return already(tx, before, action)
          .orElseGet(() ->
              refused(
                  "not_paused",
                  "sweep " + before.name() + " is not paused",
                  Map.of("sweep", before.name()),
                  "Nothing needs to be done."));
    }
    tx.sweeps().setPaused(before.name(), paused);
    record(tx, before, action, paused(before.paused()), paused(paused));
    return null;
  }

  /// Sets how long it is from tick to tick.
  ///
  /// @param interval from 1 s to 7 d, or null for the sweep's default
  public Decision<SweepStatus> setInterval(String name, @Nullable Duration interval) {
    if (interval != null && !Sweep.inRange(interval)) {
      return refused(
          "interval_out_of_range",
          "an interval of " + interval.toMillis() / 1000.0 + " s is out of range",
          Map.of("interval_ms", interval.toMillis()),
          "Name one from 1s to 7d.");
    }
    return decide(
        name,
        "changing the interval of a sweep",
        (tx, before) -> {
          Duration after = interval == null ? before.defaultInterval() : interval;
          if (after.equals(before.interval())) {
            return new Decision.Decided<>(before);
          }
          tx.sweeps().setInterval(name, interval);
          record(tx, before, "sweep.interval_set", interval(before.interval()), interval(after));
          return null;
        });
  }

  @FunctionalInterface
  private interface Step {
    /// @return what else it came to, or null if it was done
    @Nullable Decision<SweepStatus> take(Transaction tx, SweepStatus before);
  }

  private Decision<SweepStatus> decide(String name, String what, Step step) {
    Decision<SweepStatus> decision =
        database.inTransaction(tx -> {
          Optional<Refusal> refusal = refusal(tx, what);
          if (refusal.isPresent()) {
            return new Decision.Refused<>(refusal.get());
          }
          SweepStatus before = tx.sweeps().lockSetting(name).orElse(null);
          if (before == null) {
            return refused(
                "not_found",
                "there is no sweep '" + name + "'",
                Map.of("name", name),
                "'imprimatur sweeps' lists all; a worker makes them known when it starts.");
          }
          Decision<SweepStatus> other = step.take(tx, before);
          faults.reach(FaultPoint.DECISION_BEFORE_COMMIT);
          return other != null ? other : new Decision.Decided<>(before);
        });
    faults.reach(FaultPoint.DECISION_COMMITTED);
    // A success shown is a success re-read.
    return decision.map(done -> find(name).orElse(done));
  }

  private static Optional<Refusal> refusal(Transaction tx, String what) {
    if (!tx.actor().human()) {
      return Optional.of(
          new Refusal(
              "human_required",
              what + " is for people; " + tx.actor().id() + " is automation here",
              Map.of("actor", tx.actor().id()),
              "Let an administrator do it from a console or the command line."));
    }
    if (!tx.sweeps().mayDecide()) {
      return Optional.of(
          new Refusal(
              "admin_required",
              what + " is for administrators; " + tx.actor().id() + " is none",
              Map.of("actor", tx.actor().id(), "role", "imprimatur_admin"),
              "Ask an administrator, or to be granted the role imprimatur_admin."));
    }
    return Optional.empty();
  }

  private static Optional<Decision<SweepStatus>> already(
      Transaction tx, SweepStatus sweep, String action) {
    // The latest of the two; changes of the interval may stand between.
    for (long revision = sweep.revision(); revision > 0; revision--) {
      AuditEntry e = tx.audit().raising(ENTITY, sweep.name(), revision).orElse(null);
      if (e != null && (e.action().equals(PAUSED) || e.action().equals(RESUMED))) {
        return e.action().equals(action)
            ? Optional.of(
                new Decision.AlreadyDecided<>(e.action(), e.actor().id(), e.at(), sweep.revision()))
            : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static void record(
      Transaction tx, SweepStatus sweep, String action, @Nullable JsonNode before, JsonNode after) {
    long revision = tx.sweeps().find(sweep.name()).map(SweepStatus::revision).orElse(0L);
    tx.audit()
        .append(new AuditStore.Record(ENTITY, sweep.name(), action, revision, before, after, null));
  }

  private static ObjectNode paused(boolean paused) {
    return Json.object().put("paused", paused);
  }

  private static ObjectNode interval(Duration interval) {
    return Json.object().put("interval_ms", interval.toMillis());
  }

  private static <T> Decision<T> refused(
      String code, String message, Map<String, ?> facts, String unblock) {
    return new Decision.Refused<>(new Refusal(code, message, facts, unblock));
  }
}
