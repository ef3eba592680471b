package dev.imprimatur.engine.tour;

import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.lock.LockLost;
import dev.imprimatur.engine.lock.LockUnavailable;
import dev.imprimatur.engine.lock.Locks;
import dev.imprimatur.engine.store.Transaction;
import dev.imprimatur.engine.store.UnitOfWork;
import dev.imprimatur.engine.tour.InvalidTransition.Of;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Changes tours and their checkpoints, each time under the tour's lock, which is held past the
/// commit, with the tour's row locked first and its checkpoints' after it. The lock keeps writers
/// from queueing up at the database; without it the row lock alone holds all that is promised here.
///
/// What may go wrong in between, and what holds it: two writers at once wait for the row; a writer
/// whose lease ran out is refused by his token; one who dies leaves nothing, as there is one
/// commit; one who repeats what was done finds the fields as wanted and changes nothing.
final class TourWriter {
  /// How long one change may take before another may take its lock over.
  static final Duration LEASE = Duration.ofSeconds(15);

  private final UnitOfWork database;
  private final Locks locks;
  private final Duration wait;
  private final FaultPoints faults;

  /// @param wait for the lock, at most; zero to leave a tour that others are at work on
  TourWriter(UnitOfWork database, Locks locks, Duration wait, FaultPoints faults) {
    this.database = database;
    this.locks = locks;
    this.wait = wait;
    this.faults = faults;
  }

  /// Changes checkpoints of one tour, all or none.
  TourOutcome<Boolean> update(UUID tourId, List<CheckpointChange> changes) {
    Optional<TourOutcome<Boolean>> bad = ChangeCheck.refuse(changes);
    return bad.orElseGet(() -> locked(tourId, (tx, tour) -> update(tx, tour, changes)));
  }

  /// Takes a tour to another status.
  ///
  /// @param seen the revision of the tour as it was seen
  TourOutcome<Boolean> transition(
      UUID tourId, TourStatus to, long seen, @Nullable String scan, @Nullable String reason) {
    return locked(tourId, (tx, tour) -> transition(tx, tour, to, seen, scan, reason));
  }

  @FunctionalInterface
  private interface Change {
    TourOutcome<Boolean> make(Transaction tx, Tour tour);
  }

  private TourOutcome<Boolean> locked(UUID tourId, Change change) {
    try {
      return locks.inTransaction(
          TourSteps.lock(tourId),
          LEASE,
          wait,
          database,
          (tx, held) -> {
            Optional<Tour> tour = tx.tours().lock(tourId);
            return tour.isEmpty() ? TourSteps.noTour(tourId) : change.make(tx, tour.get());
          });
    } catch (LockUnavailable e) {
      return TourSteps.refused(
          TourSteps.BUSY,
          String.valueOf(e.getMessage()),
          Map.of("lock", TourSteps.lock(tourId), "waited_ms", e.waited().toMillis()),
          "Others are at work on it; nothing was changed. Try again.");
    } catch (LockLost e) {
      return TourSteps.refused(
          "lock_lost",
          String.valueOf(e.getMessage()),
          Map.of("lock", e.name()),
          "Nothing was changed. Try again.");
    }
  }

  private TourOutcome<Boolean> update(Transaction tx, Tour tour, List<CheckpointChange> changes) {
    List<Checkpoint> found =
        tx.tours()
            .lockCheckpoints(
                tour.id(), changes.stream().map(CheckpointChange::checkpoint).toList());
    return Weighing.weigh(tour, found, last(tx, found), changes)
        .then(done -> {
          if (done.changed()) {
            store(tx, tour, done.value());
          }
          return left(done.changed());
        });
  }

  private static TourOutcome<Boolean> left(boolean changed) {
    return new TourOutcome.Done<>(true, changed);
  }

  private static Map<UUID, Map<CheckpointField, FieldChange>> last(
      Transaction tx, List<Checkpoint> checkpoints) {
    return tx.tours().lastChanges(checkpoints.stream().map(Checkpoint::id).toList());
  }

  /// What changing checkpoints would come to now; nothing is written, and no lock is taken.
  TourOutcome<Map<Checkpoint, Map<CheckpointField, String>>> rehearse(
      UUID tourId, List<CheckpointChange> changes) {
    return ChangeCheck.<Map<Checkpoint, Map<CheckpointField, String>>>refuse(changes)
        .orElseGet(() -> database.inTransaction(tx -> rehearse(tx, tourId, changes)));
  }

  private static TourOutcome<Map<Checkpoint, Map<CheckpointField, String>>> rehearse(
      Transaction tx, UUID tourId, List<CheckpointChange> changes) {
    Optional<Tour> tour = tx.tours().find(tourId);
    if (tour.isEmpty()) {
      return TourSteps.noTour(tourId);
    }
    List<Checkpoint> there = tx.tours().checkpoints(tourId);
    return Weighing.weigh(tour.get(), there, last(tx, there), changes);
  }

  private void store(
      Transaction tx, Tour tour, Map<Checkpoint, Map<CheckpointField, String>> wanted) {
    Instant at = TourSteps.at(tx, tour);
    String by = tx.actor().id();
    wanted.forEach((now, changed) -> {
      tx.tours().save(now.with(changed, at, by));
      faults.reach(FaultPoint.CHECKPOINT_STORED);
    });
    Tour after = tx.tours().touch(tour, at);
    faults.reach(FaultPoint.TOUR_STORED);
    wanted.forEach((now, changed) ->
        TourSteps.record(
            tx,
            after,
            "checkpoint.updated",
            TourSteps.summary(now, changed.keySet()),
            TourSteps.summary(now.with(changed, at, by), changed.keySet()),
            null));
    faults.reach(FaultPoint.TOUR_BEFORE_COMMIT);
  }

  private TourOutcome<Boolean> transition(
      Transaction tx,
      Tour tour,
      TourStatus to,
      long seen,
      @Nullable String scan,
      @Nullable String reason) {
    Of of = Of.tour(tour);
    if (seen < 1 || seen > tour.revision()) {
      return TourSteps.unknownRevision(of, seen, tour.revision());
    }
    if (scan != null
        && (scan.isBlank()
            || scan.length() > CheckpointField.SCAN.longest()
            || scan.indexOf('\0') >= 0)) {
      return TourSteps.refused(
          "bad_scan",
          "a scanned code has 1 to " + CheckpointField.SCAN.longest() + " characters",
          Map.of("scan", scan.replace('\0', '?')),
          "Scan again.");
    }
    // Who goes back to the start scans again.
    boolean restart = to == TourStatus.ASSIGNED;
    String scanned = scan == null || restart ? null : scan.strip();
    Map<CheckpointField, FieldChange> last =
        tx.tours().lastChanges(Set.of(tour.id())).getOrDefault(tour.id(), Map.of());
    if (moved(last, seen)) {
      List<FieldConflict> conflicts = clash(tour, to, scanned, last);
      // A repeat of what was done already finds it done.
      return conflicts.isEmpty() ? left(false) : new TourOutcome.Conflicting<>(conflicts);
    }
    Optional<InvalidTransition> refused =
        TransitionTable.refuse(of, tour.status(), to, tour.facts(tx.now(), scan != null));
    if (refused.isPresent()) {
      return new TourOutcome.Invalid<>(refused.get());
    }
    String kept = scanned == null ? tour.scan() : scanned;
    Tour after = tx.tours().advance(tour, to, restart ? null : kept, TourSteps.at(tx, tour));
    faults.reach(FaultPoint.TOUR_STORED);
    TourSteps.record(
        tx,
        after,
        to == TourStatus.AUTOCLOSED ? "tour.autoclosed" : "tour.moved",
        TourSteps.summary(tour),
        TourSteps.summary(after),
        reason);
    faults.reach(FaultPoint.TOUR_BEFORE_COMMIT);
    return left(true);
  }

  private static boolean moved(Map<CheckpointField, FieldChange> last, long seen) {
    FieldChange status = last.get(CheckpointField.STATUS);
    return status != null && status.revision() > seen;
  }

  /// What another made of a tour that was to go elsewhere, or to go there with another scan: who
  /// scanned something else must not believe that his code stands.
  private static List<FieldConflict> clash(
      Tour tour, TourStatus to, @Nullable String scanned, Map<CheckpointField, FieldChange> last) {
    if (to != tour.status()) {
      return List.of(clash(tour, CheckpointField.STATUS, to.name(), tour.status().name(), last));
    }
    String theirs = tour.scan() == null ? "" : tour.scan();
    return scanned == null || scanned.equals(theirs)
        ? List.of()
        : List.of(clash(tour, CheckpointField.SCAN, scanned, theirs, last));
  }

  private static FieldConflict clash(
      Tour tour,
      CheckpointField field,
      String mine,
      String theirs,
      Map<CheckpointField, FieldChange> last) {
    // A scan is written with a status; before that was told of each, the status alone was.
    FieldChange status = Objects.requireNonNull(last.get(CheckpointField.STATUS));
    FieldChange by = last.getOrDefault(field, status);
    return new FieldConflict(Of.tour(tour), field, mine, theirs, by.by(), by.at(), tour.revision());
  }
}
