package dev.imprimatur.fxml.metric;

import dev.imprimatur.engine.MetricsOverview.Snapshot;
import dev.imprimatur.engine.lock.LockFigures;
import dev.imprimatur.engine.metric.Gauges;
import dev.imprimatur.engine.metric.Measure;
import dev.imprimatur.engine.metric.Meter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/// What a figure was at one moment.
///
/// @param value of all together: their sum, or the greatest of them
/// @param parts of what it is made, where there is more than nothing
/// @param bad whether it is out of range
/// @param bounded whether it may be more: counting stops at a bound
record Reading(double value, List<Part> parts, boolean bad, boolean bounded) {
  /// One of those that a figure is told apart by.
  record Part(String label, double value) {}

  /// Every figure of a snapshot.
  static Map<Figure, Reading> of(Snapshot s) {
    Gauges g = s.gauges();
    Map<Figure, Reading> all = new EnumMap<>(Figure.class);
    List<Gauges.Depth> pending = depths(g, "pending");
    put(all, Figure.WAITING, sum(pending, Gauges.Depth::kind, d -> d.jobs()));
    put(all, Figure.RUNNING, sum(depths(g, "running"), Gauges.Depth::kind, d -> d.jobs()));
    put(all, Figure.OLDEST, most(pending, Gauges.Depth::kind, d -> seconds(d.oldest())));
    put(all, Figure.STUCK, sum(g.stuck(), Gauges.Stuck::kind, d -> d.jobs()));
    put(all, Figure.COMPLETED, sum(ended(g, "completed"), e -> "", e -> e.jobs()));
    put(all, Figure.FAILED, sum(ended(g, "failed"), e -> "", e -> e.jobs()));
    put(
        all,
        Figure.WRITTEN,
        sum(written(s, "succeeded"), m -> m.labels().getFirst(), Measure::count));
    put(
        all,
        Figure.NOT_WRITTEN,
        sum(written(s, "failed"), m -> m.labels().getFirst(), Measure::count));
    put(all, Figure.PENDING, sum(g.lags(), Gauges.Lag::subscriber, l -> l.pending()));
    put(all, Figure.LAG, most(g.lags(), Gauges.Lag::subscriber, l -> seconds(l.oldest())));
    put(all, Figure.DEAD, sum(g.lags(), Gauges.Lag::subscriber, l -> l.dead()));
    put(all, Figure.OVERDUE, most(g.ticks(), Gauges.Tick::sweep, t -> seconds(t.overdue())));
    put(all, Figure.FAILING, sum(g.ticks(), Gauges.Tick::sweep, t -> t.failing() ? 1 : 0));
    List<LockFigures> locks = s.locks().types();
    put(all, Figure.LOCK_WAIT, most(locks, LockFigures::type, LockFigures::p95Millis));
    // How many are too many is a share, which a setting says.
    Reading timedOut = sum(locks, LockFigures::type, LockFigures::timedOut);
    all.put(
        Figure.TIMED_OUT,
        new Reading(timedOut.value(), timedOut.parts(), !s.locks().alerts().isEmpty(), false));
    return all;
  }

  private static void put(Map<Figure, Reading> all, Figure figure, Reading read) {
    boolean counted = figure.meter() == Meter.QUEUE_DEPTH || figure.meter() == Meter.QUEUE_ENDED;
    all.put(
        figure,
        new Reading(
            read.value(),
            read.parts(),
            read.value() > figure.most(),
            counted && read.value() >= Gauges.MOST));
  }

  private static List<Gauges.Depth> depths(Gauges g, String status) {
    return g.depths().stream().filter(d -> d.status().equals(status)).toList();
  }

  private static List<Gauges.Ended> ended(Gauges g, String status) {
    return g.ended().stream().filter(e -> e.status().equals(status)).toList();
  }

  private static List<Measure> written(Snapshot s, String outcome) {
    return s.process().stream()
        .filter(m -> m.meter() == Meter.QUEUE_DUAL_WRITE && m.labels().getLast().equals(outcome))
        .toList();
  }

  private static double seconds(java.time.Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  private static <F> Reading sum(List<F> of, Function<F, String> label, ToDoubleFunction<F> value) {
    return put(of, label, value, Double::sum);
  }

  private static <F> Reading most(
      List<F> of, Function<F, String> label, ToDoubleFunction<F> value) {
    return put(of, label, value, Math::max);
  }

  private static <F> Reading put(
      List<F> of,
      Function<F, String> label,
      ToDoubleFunction<F> value,
      DoubleBinaryOperator together) {
    double all = 0;
    List<Part> parts = new ArrayList<>();
    for (F one : of) {
      double number = value.applyAsDouble(one);
      all = together.applyAsDouble(all, number);
      if (number > 0 && !label.apply(one).isEmpty()) {
        parts.add(new Part(label.apply(one), number));
      }
    }
    parts.sort(java.util.Comparator.comparingDouble(Part::value).reversed());
    return new Reading(all, List.copyOf(parts), false, false);
  }
}
