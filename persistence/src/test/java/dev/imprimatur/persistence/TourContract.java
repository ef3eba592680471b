package dev.imprimatur.persistence;

import static dev.imprimatur.persistence.TourBench.done;

import dev.imprimatur.engine.tour.Tour;
import dev.imprimatur.engine.tour.TourStatus;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;

/// What tests of tours stand on: an engine without a worker over a database of its kind.
abstract class TourContract extends BenchContract {
  TourBench tours;

  @Override
  Bench bench(Database open) {
    return Bench.on(open);
  }

  @BeforeEach
  void openTours() {
    tours = new TourBench(bench);
  }

  /// A tour with this status, by steps that there are.
  Tour at(TourStatus status) {
    return at(status, status == TourStatus.AUTOCLOSED);
  }

  Tour at(TourStatus status, boolean expired) {
    Tour tour =
        expired
            ? tours.expired("T" + UUID.randomUUID(), 2)
            : tours.made("T" + UUID.randomUUID(), 2);
    switch (status) {
      case ASSIGNED -> {}
      case INPROGRESS -> tours.stepped(tour.id(), TourStatus.INPROGRESS, "A-1");
      case PARTIALLYCOMPLETED -> {
        tours.stepped(tour.id(), TourStatus.INPROGRESS, "A-1");
        tours.stepped(tour.id(), TourStatus.PARTIALLYCOMPLETED, null);
      }
      case COMPLETED -> {
        tours.stepped(tour.id(), TourStatus.INPROGRESS, "A-1");
        done(tours.complete(tours.checkpoints(tour.id()).getFirst()));
        tours.stepped(tour.id(), TourStatus.COMPLETED, null);
      }
      case AUTOCLOSED, STANDBY, MAINTENANCE -> tours.stepped(tour.id(), status, null);
    }
    return tours.find(tour.id());
  }
}
