package dev.imprimatur.bench.tour;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.metric.Metrics;
import dev.imprimatur.engine.provider.Providers;
import dev.imprimatur.engine.provider.local.LocalProviders;
import dev.imprimatur.engine.setting.Settings;
import dev.imprimatur.engine.tour.Checkpoint;
import dev.imprimatur.engine.tour.CheckpointChange;
import dev.imprimatur.engine.tour.CheckpointField;
import dev.imprimatur.engine.tour.NewTour;
import dev.imprimatur.engine.tour.TourOutcome;
import dev.imprimatur.engine.tour.TourType;
import dev.imprimatur.engine.tour.Tours;
import dev.imprimatur.persistence.Database;
import dev.imprimatur.persistence.DatabaseConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Writers of tours over one engine, as consoles and the command line have it.
final class TourWriters implements AutoCloseable {
  private final Database database;
  private final Tours tours;
  private final Queue<Long> waits = new ConcurrentLinkedQueue<>();

  /// @param sortedNanos how long each update waited for the lock
  record Waited(long[] sortedNanos, double perSecond) {}

  private TourWriters(Database database, boolean distributed) {
    this.database = database;
    var settings =
        new Settings.Source(
            "bench",
            Map.of("locks.distributed", Boolean.toString(distributed), "locks.max-wait", "10m"));
    var metrics =
        new Metrics() {
          @Override
          public void lockWaited(String type, boolean got, Duration waited) {
            waits.add(waited.toNanos());
          }
        };
    var providers =
        new Providers(
            LocalProviders.detectors(),
            LocalProviders.aeoScorer(),
            LocalProviders.rewriter(),
            List.of());
    Engine engine =
        new Engine(
            database,
            providers,
            Settings.resolve(List.of(settings)),
            new Engine.Extensions(List.of(), List.of(), metrics, List.of()),
            FaultPoints.NONE);
    this.tours = engine.tours();
  }

  static TourWriters open(String url, boolean distributed) {
    return new TourWriters(
        Database.open(new DatabaseConfig(url, null, null, "bench", 8)), distributed);
  }

  private List<Checkpoint> made(int checkpoints) {
    UUID tour =
        tours
            .make(
                new NewTour(
                    "Bench " + UUID.randomUUID(),
                    "Bench",
                    TourType.ADHOC,
                    null,
                    IntStream.range(0, checkpoints)
                        .mapToObj(i -> new NewTour.Point("Point " + i, true))
                        .toList()))
            .tour()
            .id();
    return tours.view(tour).orElseThrow().checkpoints();
  }

  /// Updates the checkpoints of one tour one after the other.
  ///
  /// @return milliseconds for each
  double updateAlone(int updates) {
    List<Checkpoint> points = made(20);
    long start = System.nanoTime();
    for (int i = 0; i < updates; i++) {
      update(points.get(i % points.size()), "r" + i, i / points.size() + 1);
    }
    return (System.nanoTime() - start) / 1e6 / updates;
  }

  /// Writers, each with a checkpoint of its own, update one tour at once.
  Waited updateTogether(int writers, int updates) throws InterruptedException {
    List<Checkpoint> points = made(writers);
    int each = Math.max(1, updates / writers);
    waits.clear();
    var ready = new CountDownLatch(1);
    AtomicReference<@Nullable Throwable> failed = new AtomicReference<>();
    List<Thread> threads =
        IntStream.range(0, writers)
            .mapToObj(w ->
                Thread.ofPlatform()
                    .start(() -> {
                      try {
                        ready.await();
                        for (int i = 0; i < each; i++) {
                          update(points.get(w), "r" + i, i + 1L);
                        }
                      } catch (InterruptedException | RuntimeException e) {
                        failed.set(e);
                      }
                    }))
            .toList();
    long start = System.nanoTime();
    ready.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    Throwable why = failed.get();
    if (why != null) {
      throw new IllegalStateException("a writer failed", why);
    }
    return new Waited(
        waits.stream().mapToLong(Long::longValue).sorted().toArray(),
        (double) each * writers / seconds);
  }

  private void update(Checkpoint point, String reading, long revision) {
    var change =
        new CheckpointChange(point.id(), revision, Map.of(CheckpointField.READING, reading));
    if (!(tours.updateCheckpoint(change) instanceof TourOutcome.Done<?>)) {
      throw new IllegalStateException("an update was not made");
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
