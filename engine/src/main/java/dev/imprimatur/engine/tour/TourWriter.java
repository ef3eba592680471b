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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
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
  private final FaultPoints faults;

  TourWriter(UnitOfWork database, Locks locks, FaultPoints faults) {
    this.database = database;
    this.locks = locks;
    this.faults = faults;
  }

  /// A tour as it was left, or unchanged.
  private record Left(UUID tour, boolean changed) {}

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
    TourOutcome<Left> make(Transaction tx, Tour tour);
  }

  private TourOutcome<Boolean> locked(UUID tourId, Change change) {
    try {
      TourOutcome<Left> outcome =
          locks.inTransaction(
              TourSteps.lock(tourId),
              LEASE,
              database,
              (tx, held) -> {
                Optional<Tour> tour = tx.tours().lock(tourId);
                return tour.isEmpty() ? TourSteps.noTour(tourId) : change.make(tx, tour.get());
              });
      return switch (outcome) {
        case TourOutcome.Done<Left> d -> new TourOutcome.Done<>(true, d.value().changed());
        case TourOutcome.Conflicting<Left> c -> new TourOutcome.Conflicting<>(c.conflicts());
        case TourOutcome.Invalid<Left> i -> new TourOutcome.Invalid<>(i.why());
        case TourOutcome.Refused<Left> r -> new TourOutcome.Refused<>(r.refusal());
      };
    } catch (LockUnavailable e) {
      return TourSteps.refused(
          "tour_busy",
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

  private TourOutcome<Left> update(Transaction tx, Tour tour, List<CheckpointChange> changes) {
    Map<UUID, Checkpoint> found =
        tx
            .tours()
            .lockCheckpoints(tour.id(), changes.stream().map(CheckpointChange::checkpoint).toList())
            .stream()
            .collect(Collectors.toMap(Checkpoint::id, c -> c));
    Map<UUID, Map<CheckpointField, FieldChange>> last = tx.tours().lastChanges(found.keySet());
    Map<Checkpoint, Map<CheckpointField, String>> wanted = new LinkedHashMap<>();
    List<FieldConflict> conflicts = new ArrayList<>();
    for (CheckpointChange change : changes) {
      Checkpoint now = found.get(change.checkpoint());
      if (now == null) {
        return TourSteps.refused(
            "not_in_tour",
            "checkpoint " + change.checkpoint() + " is none of tour '" + tour.identifier() + "'",
            Map.of("checkpoint", change.checkpoint().toString(), "tour", tour.id().toString()),
            "'imprimatur tour show " + tour.id() + "' lists its checkpoints.");
      }
      Of of = Of.checkpoint(now);
      if (change.revision() < 1 || change.revision() > now.revision()) {
        return unknownRevision(of, change.revision(), now.revision());
      }
      Merge.Merged merged =
          Merge.merge(
              of,
              change.values(),
              change.revision(),
              now.values(),
              now.revision(),
              last.getOrDefault(now.id(), Map.of()));
      if (tour.ended() && !(merged.changed().isEmpty() && merged.conflicts().isEmpty())) {
        // What was written before it ended may be asked for again by who never had the answer.
        return TourSteps.refused(
            "tour_ended",
            "tour '" + tour.identifier() + "' has ended as " + tour.status(),
            Map.of("tour", tour.id().toString(), "status", tour.status().name()),
            "What has ended stays as it is, its checkpoints too.");
      }
      conflicts.addAll(merged.conflicts());
      String status = merged.changed().get(CheckpointField.STATUS);
      if (status != null) {
        Optional<InvalidTransition> refused =
            TransitionTable.refuse(of, now.status(), TourStatus.valueOf(status), TourFacts.NONE);
        if (refused.isPresent()) {
          return new TourOutcome.Invalid<>(refused.get());
        }
      }
      if (!merged.changed().isEmpty()) {
        wanted.put(now, merged.changed());
      }
    }
    if (!conflicts.isEmpty()) {
      return new TourOutcome.Conflicting<>(conflicts);
    }
    if (!wanted.isEmpty()) {
      store(tx, tour, wanted);
    }
    return new TourOutcome.Done<>(new Left(tour.id(), !wanted.isEmpty()), !wanted.isEmpty());
  }

  private void store(
      Transaction tx, Tour tour, Map<Checkpoint, Map<CheckpointField, String>> wanted) {
    Instant at = TourSteps.at(tx, tour);
    String by = tx.actor().id();
    wanted.forEach((now, changed) -> {
      tx.tours().save(now.with(changed, at, by), changed.keySet());
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

  private TourOutcome<Left> transition(
      Transaction tx,
      Tour tour,
      TourStatus to,
      long seen,
      @Nullable String scan,
      @Nullable String reason) {
    Of of = Of.tour(tour);
    if (seen < 1 || seen > tour.revision()) {
      return unknownRevision(of, seen, tour.revision());
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
    FieldChange last =
        tx.tours()
            .lastChanges(Set.of(tour.id()))
            .getOrDefault(tour.id(), Map.of())
            .get(CheckpointField.STATUS);
    if (last != null && last.revision() > seen) {
      // A repeat of what was done already finds it done.
      return to == tour.status()
          ? new TourOutcome.Done<>(new Left(tour.id(), false), false)
          : new TourOutcome.Conflicting<>(
              List.of(
                  new FieldConflict(
                      of,
                      CheckpointField.STATUS,
                      to.name(),
                      tour.status().name(),
                      last.by(),
                      last.at(),
                      tour.revision())));
    }
    Optional<InvalidTransition> refused =
        TransitionTable.refuse(of, tour.status(), to, tour.facts(tx.now(), scan != null));
    if (refused.isPresent()) {
      return new TourOutcome.Invalid<>(refused.get());
    }
    // Who goes back to the start scans again.
    String kept = scan == null ? tour.scan() : scan.strip();
    Tour after =
        tx.tours()
            .advance(tour, to, to == TourStatus.ASSIGNED ? null : kept, TourSteps.at(tx, tour));
    faults.reach(FaultPoint.TOUR_STORED);
    TourSteps.record(
        tx,
        after,
        to == TourStatus.AUTOCLOSED ? "tour.autoclosed" : "tour.moved",
        TourSteps.summary(tour),
        TourSteps.summary(after),
        reason);
    faults.reach(FaultPoint.TOUR_BEFORE_COMMIT);
    return new TourOutcome.Done<>(new Left(tour.id(), true), true);
  }

  private static <T> TourOutcome<T> unknownRevision(Of of, long named, long now) {
    return TourSteps.refused(
        "unknown_revision",
        of.told() + " has no revision " + named + "; it is at " + now,
        Map.of("id", of.id().toString(), "revision", named, "now", now),
        "Name the revision that was seen.");
  }
}
