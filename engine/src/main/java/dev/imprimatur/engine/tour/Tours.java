package dev.imprimatur.engine.tour;

import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.lock.Locks;
import dev.imprimatur.engine.store.StoreException;
import dev.imprimatur.engine.store.Transaction;
import dev.imprimatur.engine.store.UnitOfWork;
import dev.imprimatur.engine.sweep.Sweep;
import dev.imprimatur.engine.tour.InvalidTransition.Of;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Tours, as people make, read and change them.
public final class Tours {
  /// So many audit rows come with a tour.
  public static final int AUDIT_SHOWN = 200;

  private final UnitOfWork database;
  private final TourWriter writer;
  private final FaultPoints faults;

  public Tours(UnitOfWork database, Locks locks, FaultPoints faults) {
    this.database = database;
    this.writer = new TourWriter(database, locks, locks.longestWait(), faults);
    this.faults = faults;
  }

  /// The sweep that closes tours whose time is over and that nobody has begun.
  public static Sweep expiry(UnitOfWork automation, Locks locks, FaultPoints faults) {
    var writer = new TourWriter(automation, locks, Duration.ZERO, faults);
    var expired = new ExpiredTours(automation, writer, faults);
    return new Sweep("tour-expiry", Duration.ofMinutes(1), expired::sweep);
  }

  /// What making a tour came to.
  ///
  /// @param made false if it was there already, whatever became of it since
  public record Made(Tour tour, boolean made) {}

  /// Makes a tour, or finds the one that was made of the same. Without a time it may be made anew
  /// once that one has ended.
  ///
  /// @throws IllegalArgumentException if it can't be made; see [NewTourCheck]
  public Made make(NewTour tour) {
    require(tour);
    String key = NewTourCheck.key(tour);
    try {
      return database.inTransaction(tx -> {
        Optional<Tour> there = tx.tours().findByKey(key);
        return there.map(t -> new Made(t, false)).orElseGet(() -> make(tx, tour, key));
      });
    } catch (StoreException.Violated e) {
      // Another made it between looking and writing: the key held, and his stands.
      return database.inTransaction(
          tx -> new Made(tx.tours().findByKey(key).orElseThrow(() -> e), false));
    }
  }

  private static void require(NewTour tour) {
    NewTourCheck.flaw(tour)
        .ifPresent(flaw -> {
          throw new IllegalArgumentException(flaw.place() + ": " + flaw.what());
        });
  }

  private Made make(Transaction tx, NewTour wanted, String key) {
    Tour tour = tx.tours().create(wanted, key);
    faults.reach(FaultPoint.TOUR_CREATED);
    TourSteps.record(tx, tour, "tour.created", null, TourSteps.summary(tour), null);
    return new Made(tour, true);
  }

  /// What making a tour would come to.
  ///
  /// @param there the one that is there already, which would be left as it is
  /// @param repeats which of those before it in the list says the same, from 0; empty for none
  public record Foreseen(Optional<Tour> there, OptionalInt repeats) {
    /// Whether it would be made.
    public boolean made() {
      return there.isEmpty() && repeats.isEmpty();
    }
  }

  /// What making these, one after the other, would come to, by their place; nothing is changed.
  ///
  /// @throws IllegalArgumentException if one can't be made; see [NewTourCheck]
  public List<Foreseen> foresee(List<NewTour> tours) {
    tours.forEach(Tours::require);
    return database.inTransaction(tx -> {
      Map<String, Integer> first = new HashMap<>();
      List<Foreseen> all = new ArrayList<>();
      for (int i = 0; i < tours.size(); i++) {
        String key = NewTourCheck.key(tours.get(i));
        Integer before = first.putIfAbsent(key, i);
        all.add(
            new Foreseen(
                tx.tours().findByKey(key),
                before == null ? OptionalInt.empty() : OptionalInt.of(before)));
      }
      return all;
    });
  }

  /// A tour with all that people look at.
  public Optional<TourView> view(UUID id) {
    return database.inTransaction(tx ->
        tx.tours()
            .find(id)
            .map(tour ->
                new TourView(
                    tour,
                    tx.tours().checkpoints(id),
                    options(tour, tx.now()),
                    tx.audit().list(TourSteps.TOUR, id.toString(), AUDIT_SHOWN))));
  }

  private static List<TourView.Option> options(Tour tour, Instant now) {
    List<TourView.Option> options = new ArrayList<>();
    TourFacts facts = tour.facts(now, false);
    for (TourStatus to : TransitionTable.statuses(JobKind.TOUR)) {
      if (to != tour.status()) {
        options.add(
            new TourView.Option(
                to,
                TransitionTable.find(JobKind.TOUR, tour.status(), to)
                    .map(Transition::guard)
                    .orElse(Guard.NONE),
                TransitionTable.refuse(Of.tour(tour), tour.status(), to, facts).orElse(null)));
      }
    }
    return List.copyOf(options);
  }

  public Optional<Tour> find(UUID id) {
    return database.inTransaction(tx -> tx.tours().find(id));
  }

  /// Tours whose id begins so, at most 10.
  public List<Tour> findByIdPrefix(String prefix) {
    return database.inTransaction(tx -> tx.tours().findByIdPrefix(prefix));
  }

  /// Checkpoints whose id begins so, at most 10.
  public List<Checkpoint> checkpointsByIdPrefix(String prefix) {
    return database.inTransaction(tx -> tx.tours().checkpointsByIdPrefix(prefix));
  }

  public Optional<Checkpoint> checkpoint(UUID id) {
    return database.inTransaction(tx -> tx.tours().checkpoint(id));
  }

  /// The ids of those that match, those that were changed last first.
  public List<UUID> order(TourQuery query) {
    return database.inTransaction(tx -> tx.tours().order(query));
  }

  /// These; those that are not there are missing.
  public List<Tour> rows(Collection<UUID> ids) {
    return database.inTransaction(tx -> tx.tours().rows(ids));
  }

  /// Changes one checkpoint and its tour in one go.
  ///
  /// @return the tour as read again after the commit; `Conflicting` with both values if a field was
  ///   changed since the revision that the change names; `Invalid` if its status can't become that;
  ///   refused with `not_found`, `tour_ended`, `bad_value`, `unknown_revision`, `tour_busy` or
  ///   `lock_lost`
  public TourOutcome<TourView> updateCheckpoint(CheckpointChange change) {
    // A checkpoint never leaves its tour: what is read here still holds under the lock.
    Optional<Checkpoint> found = checkpoint(change.checkpoint());
    return found.isEmpty()
        ? TourSteps.noCheckpoint(change.checkpoint())
        : updateCheckpoints(found.get().tour(), List.of(change));
  }

  /// Changes several checkpoints of one tour, all or none, under one lock.
  ///
  /// @return as [#updateCheckpoint], naming the checkpoint that is to blame; besides refused with
  ///   `nothing_wanted`, `named_twice` or `not_in_tour`
  public TourOutcome<TourView> updateCheckpoints(UUID tour, List<CheckpointChange> changes) {
    return read(tour, writer.update(tour, changes));
  }

  /// What such a change would come to now; nothing is changed, and no lock is waited for.
  ///
  /// @return as [#updateCheckpoints]; done with the fields of each checkpoint that would be
  ///   written, without those that hold what is wanted
  public TourOutcome<Map<Checkpoint, Map<CheckpointField, String>>> rehearse(
      UUID tour, List<CheckpointChange> changes) {
    return writer.rehearse(tour, changes);
  }

  /// Takes a tour to another status.
  ///
  /// @param seen the revision of the tour as it was seen; what others did to its checkpoints since
  ///   is no conflict, another status is
  /// @param scan the asset that was scanned, if one was
  /// @param reason kept in the audit, if one is given
  /// @return the tour as read again after the commit; `Invalid` naming the guard; `Conflicting` if
  ///   another changed its status, or took it there with another scan; refused with `not_found`,
  ///   `bad_scan`, `unknown_revision`, `tour_busy` or `lock_lost`
  public TourOutcome<TourView> transition(
      UUID tour, TourStatus to, long seen, @Nullable String scan, @Nullable String reason) {
    return read(tour, writer.transition(tour, to, seen, scan, reason));
  }

  private TourOutcome<TourView> read(UUID tour, TourOutcome<Boolean> outcome) {
    return outcome.then(done -> new TourOutcome.Done<>(view(tour).orElseThrow(), done.changed()));
  }

  /// What the audit has of a tour and its checkpoints, newest first.
  public List<dev.imprimatur.engine.audit.AuditEntry> audit(UUID tour, int limit) {
    return database.inTransaction(tx -> tx.audit().list(TourSteps.TOUR, tour.toString(), limit));
  }
}
