package dev.imprimatur.fxml.metric;

import dev.imprimatur.engine.metric.Meter;
import dev.imprimatur.engine.review.Code;

/// The figures that are shown, in their order. Its name is `metrics.name.<code>`; what it means,
/// and what a bad value means, `metrics.means.<code>`.
enum Figure {
  WAITING(Place.QUEUE, Meter.QUEUE_DEPTH, Unit.COUNT),
  RUNNING(Place.QUEUE, Meter.QUEUE_DEPTH, Unit.COUNT),
  OLDEST(Place.QUEUE, Meter.QUEUE_OLDEST, Unit.SECONDS, 300),
  STUCK(Place.QUEUE, Meter.QUEUE_STUCK, Unit.COUNT, 0),
  COMPLETED(Place.QUEUE, Meter.QUEUE_ENDED, Unit.PER_MINUTE),
  FAILED(Place.QUEUE, Meter.QUEUE_ENDED, Unit.PER_MINUTE, 0),
  WRITTEN(Place.QUEUE, Meter.QUEUE_DUAL_WRITE, Unit.COUNT),
  NOT_WRITTEN(Place.QUEUE, Meter.QUEUE_DUAL_WRITE, Unit.COUNT, 0),
  PENDING(Place.OUTBOX, Meter.OUTBOX_PENDING, Unit.COUNT),
  LAG(Place.OUTBOX, Meter.OUTBOX_LAG, Unit.SECONDS, 120),
  DEAD(Place.OUTBOX, Meter.OUTBOX_DEAD, Unit.COUNT, 0),
  OVERDUE(Place.SWEEPS, Meter.SWEEP_OVERDUE, Unit.SECONDS, 60),
  FAILING(Place.SWEEPS, Meter.SWEEP_FAILING, Unit.COUNT, 0),
  LOCK_WAIT(Place.LOCKS, Meter.LOCK_WAIT, Unit.MILLIS),
  TIMED_OUT(Place.LOCKS, Meter.LOCK_WAIT, Unit.COUNT);

  /// The room where one acts on it, by its id.
  enum Place {
    QUEUE,
    OUTBOX,
    SWEEPS,
    LOCKS;

    String room() {
      return Code.of(this);
    }
  }

  /// In what it is counted.
  enum Unit {
    COUNT,
    SECONDS,
    MILLIS,
    PER_MINUTE
  }

  private final Place place;
  private final Meter meter;
  private final Unit unit;
  private final double most;

  Figure(Place place, Meter meter, Unit unit) {
    this(place, meter, unit, Double.NaN);
  }

  Figure(Place place, Meter meter, Unit unit, double most) {
    this.place = place;
    this.meter = meter;
    this.unit = unit;
    this.most = most;
  }

  Place place() {
    return place;
  }

  Meter meter() {
    return meter;
  }

  Unit unit() {
    return unit;
  }

  /// More than this is out of range; not a number where no value alone is bad.
  double most() {
    return most;
  }

  String code() {
    return Code.of(this);
  }
}
