package dev.imprimatur.persistence;

import dev.imprimatur.engine.Engine;
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
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/// A process that carries one tour from the file to its end, has another closed by the sweep, and
/// halts the JVM at a fault point if it is told to. Started again, it does all of it anew: what was
/// done is found done.
///
/// Arguments: URL, login, fault point (or `none`).
public final class TourCrashChild {
  private static final List<NewTour.Point> POINTS =
      List.of(
          new NewTour.Point("Door", true),
          new NewTour.Point("Yard", true),
          new NewTour.Point("Roof", false));
  private static final NewTour ROUND =
      new NewTour(
          "Round", "Gate", TourType.SCHEDULE, Instant.parse("2999-01-01T00:00:00Z"), POINTS);
  private static final NewTour PAST =
      new NewTour("Past", "Gate", TourType.ADHOC, Instant.parse("2020-01-01T00:00:00Z"), POINTS);

  private TourCrashChild() {}

  public static void main(String[] args) {
    ChildBench child =
        ChildBench.open(
            args, Scripted.providers(), Engine.Extensions.NONE, Map.of("locks.max-wait", "2m"));
    Bench bench = child.bench();
    child.run(
        faults ->
            List.of(
                new dev.imprimatur.engine.sweep.Sweep(
                    "tour-expiry",
                    Duration.ofSeconds(1),
                    Tours.expiry(bench.database().automation(), bench.engine().locks(), faults)
                        .work())),
        () -> carry(bench.engine().tours()));
  }

  private static void carry(Tours tours) {
    UUID past = tours.make(PAST).tour().id();
    UUID round = tours.make(ROUND).tour().id();
    step(tours, round, TourStatus.INPROGRESS, "A-1");
    for (Checkpoint point : tours.view(round).orElseThrow().checkpoints()) {
      if (point.status() != TourStatus.COMPLETED) {
        done(
            tours.updateCheckpoint(
                new CheckpointChange(
                    point.id(),
                    point.revision(),
                    Map.of(CheckpointField.STATUS, "COMPLETED", CheckpointField.SCAN, "C"))));
      }
    }
    step(tours, round, TourStatus.COMPLETED, null);
    Awaitility.await("the sweep closes what has expired")
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> tours.find(past).orElseThrow().status() == TourStatus.AUTOCLOSED);
  }

  private static void step(Tours tours, UUID id, TourStatus to, @Nullable String scan) {
    Tour now = tours.find(id).orElseThrow();
    if (now.status() != to && !now.ended()) {
      done(tours.transition(id, to, now.revision(), scan, null));
    }
  }

  private static void done(TourOutcome<TourView> outcome) {
    if (!(outcome instanceof TourOutcome.Done<TourView>)) {
      throw new IllegalStateException("not done: " + outcome);
    }
  }
}
