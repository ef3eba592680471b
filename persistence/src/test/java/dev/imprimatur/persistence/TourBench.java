package dev.imprimatur.persistence;

import dev.imprimatur.engine.tour.Checkpoint;
import dev.imprimatur.engine.tour.CheckpointChange;
import dev.imprimatur.engine.tour.CheckpointField;
import dev.imprimatur.engine.tour.NewTour;
import dev.imprimatur.engine.tour.Tour;
import dev.imprimatur.engine.tour.TourOutcome;
import dev.imprimatur.engine.tour.TourStatus;
import dev.imprimatur.engine.tour.TourType;
import dev.imprimatur.engine.tour.TourView;
import dev.imprimatur.engine.tour.Tours;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What tests do with tours.
final class TourBench {
  private final Bench bench;

  TourBench(Bench bench) {
    this.bench = bench;
  }

  Tours tours() {
    return bench.engine().tours();
  }

  /// The database's clock.
  Instant now() {
    return bench.database().people().inTransaction(tx -> tx.now());
  }

  /// A tour of so many checkpoints, every second one mandatory.
  static NewTour of(String identifier, int checkpoints, @Nullable Instant expiresAt) {
    return new NewTour(
        identifier,
        "North Gate",
        TourType.SCHEDULE,
        expiresAt,
        IntStream.rangeClosed(1, checkpoints)
            .mapToObj(i -> new NewTour.Point("Door " + i, i % 2 == 1))
            .toList());
  }

  /// One that is just made and expires in an hour.
  Tour made(String identifier, int checkpoints) {
    return tours().make(of(identifier, checkpoints, now().plus(Duration.ofHours(1)))).tour();
  }

  /// One whose time is over.
  Tour expired(String identifier, int checkpoints) {
    return tours().make(of(identifier, checkpoints, now().minus(Duration.ofHours(1)))).tour();
  }

  Tour find(UUID id) {
    return tours().find(id).orElseThrow();
  }

  List<Checkpoint> checkpoints(UUID tour) {
    return tours().view(tour).orElseThrow().checkpoints();
  }

  Checkpoint checkpoint(UUID id) {
    return tours().checkpoint(id).orElseThrow();
  }

  /// Changes a field, on the checkpoint as it is given.
  TourOutcome<TourView> change(Checkpoint seen, CheckpointField field, String value) {
    return tours()
        .updateCheckpoint(new CheckpointChange(seen.id(), seen.revision(), Map.of(field, value)));
  }

  TourOutcome<TourView> complete(Checkpoint seen) {
    return change(seen, CheckpointField.STATUS, "COMPLETED");
  }

  /// A step, on the tour as it is now.
  TourOutcome<TourView> step(UUID tour, TourStatus to, @Nullable String scan) {
    return tours().transition(tour, to, find(tour).revision(), scan, null);
  }

  /// A step that must be taken.
  Tour stepped(UUID tour, TourStatus to, @Nullable String scan) {
    return done(step(tour, to, scan)).tour();
  }

  /// What was done.
  static TourView done(TourOutcome<TourView> outcome) {
    if (outcome instanceof TourOutcome.Done<TourView> d) {
      return d.value();
    }
    throw new AssertionError("not done: " + outcome);
  }
}
